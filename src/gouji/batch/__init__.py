"""Batches: any number of reports, judged by as many processes as there are, into Parquet tables that can be taken up again.

Nothing is imported here: `gouji check` must not pay for pyarrow. `run.run` is the way in, `tables` the schema of what it leaves.
"""
