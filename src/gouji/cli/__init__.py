"""gouji.cli"""
