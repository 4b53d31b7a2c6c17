"""Writers: one small deterministic function a format over one `AuditResult`."""
