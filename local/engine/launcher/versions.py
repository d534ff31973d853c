"""Reads of one version of an object."""

from ministack.services import s3

from .registry import patch, symbol


@patch(
    "version-ranges",
    requires=[
        symbol("ministack.services.s3:_get_object", "bucket_name", "key", "headers", "query_params"),
        symbol("ministack.services.s3:_parse_range", "range_header", "total"),
    ],
)
def version_ranges() -> None:
    """A range of one version is that range; the engine answers a read that names a version with all of its bytes."""
    get = s3._get_object

    def get_object(bucket_name, key, headers, query_params=None):
        status, response, body = get(bucket_name, key, headers, query_params)
        wanted = headers.get("range", "")
        if status != 200 or not wanted:
            return status, response, body
        span = s3._parse_range(wanted, len(body))
        if span is None:
            return 416, {"Content-Range": f"bytes */{len(body)}"}, b""
        start, end = span
        part = body[start : end + 1]
        kept = {name: value for name, value in response.items() if not name.lower().startswith("x-amz-checksum-")}
        sizes = {"Content-Length": str(len(part)), "Content-Range": f"bytes {start}-{end}/{len(body)}"}
        return 206, {**kept, **sizes}, part

    s3._get_object = get_object
