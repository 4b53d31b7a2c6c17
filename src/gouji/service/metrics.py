"""What Prometheus reads: counts and times, no names."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from sqlalchemy import func, select

from gouji.service.database import Database
from gouji.service.tables import Delivery, Job, Result, Submission


class Metrics:
    """Counters of this process, and gauges read from the database when somebody asks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._registry = CollectorRegistry()
        self._requests = Counter("gouji_requests", "Requests answered.", ["method", "route", "status"], registry=self._registry)
        self._seconds = Histogram("gouji_check_seconds", "Time of one check.", registry=self._registry)
        self._verdicts = Counter("gouji_verdicts", "Verdicts given by this process.", ["verdict"], registry=self._registry)
        self._registry.register(self)

    def answered(self, method: str, route: str, status: int) -> None:
        self._requests.labels(method, route, str(status)).inc()

    def checked(self, result: Result) -> None:
        self._seconds.observe(result.seconds)
        self._verdicts.labels(result.verdict).inc()

    def collect(self) -> Iterator[Metric]:
        """The database's gauges."""
        with self._database.read() as session:
            waiting = session.scalar(select(func.count()).select_from(Job).outerjoin(Result).where(Result.job_id.is_(None)))
            yield GaugeMetricFamily("gouji_jobs_waiting", "Jobs without a result.", value=waiting or 0)
            states = GaugeMetricFamily("gouji_submissions", "Submissions by state.", labels=["state"])
            for state, count in session.execute(select(Submission.state, func.count()).group_by(Submission.state)):
                states.add_metric([state], count)
            yield states
            pending = select(func.count()).select_from(Delivery).where(Delivery.state == "pending")
            yield GaugeMetricFamily("gouji_webhooks_pending", "Deliveries to make.", value=session.scalar(pending) or 0)

    def describe(self) -> Iterator[Metric]:
        """Nothing is asked of the database before somebody reads."""
        return iter(())

    def text(self) -> bytes:
        return generate_latest(self._registry)
