"""gouji.readers"""
