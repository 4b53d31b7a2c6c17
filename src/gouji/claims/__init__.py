"""gouji.claims"""
