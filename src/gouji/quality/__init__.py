"""Quality of a batch: suites of expectations over its tables, judged by Great Expectations, which is imported here alone.

A single document is judged by checks. A batch is a set of tables, and what no honest batch looks like is said as data: a suite
(`suite`), whose views are SQL over the tables (`views`), whose expectations are Great Expectations' own or those of
`expectations`, and whose outcome is a list of faults (`run`).
"""
