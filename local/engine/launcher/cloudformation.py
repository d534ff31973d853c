"""Resource types and properties that the engine's CloudFormation leaves out."""

from xml.sax.saxutils import escape

from ministack.services import cloudwatch, dynamodb, s3
from ministack.services.cloudformation import provisioners

from .registry import patch, symbol

HANDLERS = "ministack.services.cloudformation.provisioners:_RESOURCE_HANDLERS"


def _after(resource_type: str, effect) -> None:
    """Runs `effect(physical_id, properties)` after a resource was created or updated."""
    handler = provisioners._RESOURCE_HANDLERS[resource_type]
    create, update = handler["create"], handler.get("update")

    def create_and(logical_id, properties, stack):
        result = create(logical_id, properties, stack)
        effect(result[0], properties)
        return result

    def update_and(physical_id, old, new, stack):
        result = update(physical_id, old, new, stack)
        effect(result[0] if isinstance(result, tuple) else physical_id, new)
        return result

    handler["create"] = create_and
    if update:
        handler["update"] = update_and


@patch("table-ttl", requires=[symbol(HANDLERS), symbol("ministack.services.dynamodb:_update_ttl", "data")])
def table_ttl() -> None:
    """A table's time to live is switched on; the engine accepts the property and ignores it."""

    def enable(table: str, properties: dict) -> None:
        ttl = properties.get("TimeToLiveSpecification")
        if ttl:
            enabled = str(ttl.get("Enabled", True)).lower() == "true"
            specification = {"AttributeName": ttl["AttributeName"], "Enabled": enabled}
            dynamodb._update_ttl({"TableName": table, "TimeToLiveSpecification": specification})

    _after("AWS::DynamoDB::Table", enable)
    _after("AWS::DynamoDB::GlobalTable", enable)


def _lifecycle_rule(rule: dict, number: int) -> str:
    parts = [f"<ID>{escape(str(rule.get('Id', number)))}</ID>"]
    parts.append(f"<Filter><Prefix>{escape(rule.get('Prefix', ''))}</Prefix></Filter>")
    parts.append(f"<Status>{rule['Status']}</Status>")
    if rule.get("ExpirationInDays"):
        parts.append(f"<Expiration><Days>{rule['ExpirationInDays']}</Days></Expiration>")
    for name, field in (
        ("NoncurrentVersionExpiration", "NoncurrentDays"),
        ("AbortIncompleteMultipartUpload", "DaysAfterInitiation"),
    ):
        if rule.get(name):
            parts.append(f"<{name}><{field}>{rule[name][field]}</{field}></{name}>")
    return f"<Rule>{''.join(parts)}</Rule>"


@patch(
    "bucket-lifecycle-and-tags",
    requires=[
        symbol(HANDLERS),
        symbol("ministack.services.s3:_bucket_tags"),
        symbol("ministack.services.s3:_put_bucket_lifecycle", "name", "body"),
    ],
)
def bucket_lifecycle_and_tags() -> None:
    """A bucket keeps its lifecycle rules and tags; without tags autoDeleteObjects cannot be destroyed."""

    def keep(bucket: str, properties: dict) -> None:
        if properties.get("Tags"):
            s3._bucket_tags[bucket] = {tag["Key"]: tag["Value"] for tag in properties["Tags"]}
        rules = (properties.get("LifecycleConfiguration") or {}).get("Rules")
        if rules:
            inner = "".join(_lifecycle_rule(rule, number) for number, rule in enumerate(rules))
            namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
            document = f'<LifecycleConfiguration xmlns="{namespace}">{inner}</LifecycleConfiguration>'
            s3._put_bucket_lifecycle(bucket, document.encode())

    _after("AWS::S3::Bucket", keep)


@patch(
    "composite-alarm",
    requires=[
        symbol(HANDLERS),
        symbol("ministack.services.cloudwatch:_put_composite_alarm", "params", "cbor_data", "is_cbor", "is_json"),
        symbol("ministack.services.cloudwatch:_composite_alarms"),
        symbol("ministack.services.cloudformation.provisioners:_physical_name"),
    ],
)
def composite_alarm() -> None:
    """AWS::CloudWatch::CompositeAlarm can be deployed; the engine has the API but not the resource type."""

    def create(logical_id, properties, stack):
        name = properties.get("AlarmName") or provisioners._physical_name(stack, logical_id, max_len=255)
        alarm = {**properties, "AlarmName": name}
        cloudwatch._put_composite_alarm(alarm, alarm, False, True)
        account, region = provisioners.get_account_id(), provisioners.get_region()
        return name, {"Arn": f"arn:aws:cloudwatch:{region}:{account}:alarm:{name}"}

    def delete(physical_id, properties):
        cloudwatch._composite_alarms.pop(physical_id, None)

    def update(physical_id, old, new, stack):
        delete(physical_id, old)
        return create(physical_id, {**new, "AlarmName": physical_id}, stack)

    provisioners._RESOURCE_HANDLERS["AWS::CloudWatch::CompositeAlarm"] = {
        "create": create,
        "update": update,
        "delete": delete,
    }
