"""gouji.facts"""
