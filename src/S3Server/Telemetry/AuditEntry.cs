using System.Net;

namespace S3Cassandra.S3Server.Telemetry;

/// <summary>One line of the audit log. Nothing in it is a secret: no header, no query, no document, and of a form only what names something.</summary>
internal sealed record AuditEntry
{
    public required AuditEvent Event { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string RequestId { get; init; }

    /// <summary>The client's address, behind a trusted proxy the one that it names.</summary>
    public IPAddress? Remote { get; init; }

    /// <summary>Who asked, as an ARN; null where nobody was identified.</summary>
    public string? Principal { get; init; }

    /// <summary>The access key that the request was signed with; null where its signature did not hold: what came may be anything.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>As AWS names it; empty where the request named none.</summary>
    public required string Operation { get; init; }

    public string Bucket { get; init; } = "";

    /// <summary>Percent-encoded as it came.</summary>
    public string EncodedKey { get; init; } = "";

    /// <summary>The ARN that an action of IAM or STS is about.</summary>
    public string? Resource { get; init; }

    /// <summary>The parameters of an action of IAM or STS that name something (<c>UserName</c>, <c>PolicyArn</c>).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    public required int Status { get; init; }

    public string? ErrorCode { get; init; }
}
