using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace S3Cassandra.Auth.Tests.Support;

/// <summary>Signature V2 written down from AWS's page, with strings and nothing of the code under test.</summary>
internal sealed class SignerV2
{
    private static readonly string[] SubResources =
    [
        "acl", "cors", "delete", "encryption", "lifecycle", "location", "logging", "notification", "partNumber", "policy", "replication",
        "requestPayment", "restore", "response-cache-control", "response-content-disposition", "response-content-encoding",
        "response-content-language", "response-content-type", "response-expires", "tagging", "torrent", "uploadId", "uploads", "versionId",
        "versioning", "versions", "website",
    ];

    public string AccessKeyId { get; init; } = Keys.Id;

    public string Secret { get; init; } = Keys.Secret;

    public DateTimeOffset Date { get; init; } = TestRequest.Noon;

    /// <summary>The resource's path where it is to differ from the request's.</summary>
    public string? Path { get; init; }

    /// <summary>Adds Date (unless x-amz-date came) and Authorization; returns the request.</summary>
    public TestRequest SignHeader(TestRequest request)
    {
        if (request.Headers["x-amz-date"] is null)
        {
            request.Headers["Date"] = Date.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);
        }

        var date = request.Headers["x-amz-date"] is null ? request.Headers["Date"] ?? "" : "";
        request.Headers["Authorization"] = $"AWS {AccessKeyId}:{Signature(request, date)}";
        return request;
    }

    /// <summary>Adds the three parameters of a presigned URL; returns the request.</summary>
    public TestRequest SignQuery(TestRequest request, long? expires = null)
    {
        var time = (expires ?? Date.AddHours(1).ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture);
        var signature = Signature(request, time);
        request.AppendQuery($"AWSAccessKeyId={AccessKeyId}&Expires={time}&Signature={Percent.Encode(signature)}");
        return request;
    }

    private string Signature(TestRequest request, string date)
    {
        var amz = request.Headers.Names().Where(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
            .Select(name => (Name: name.ToLowerInvariant(), Values: request.Headers.Values(name)))
            .OrderBy(header => header.Name, StringComparer.Ordinal)
            .Select(header => $"{header.Name}:{string.Join(',', header.Values.Select(value => value.Trim()))}\n");
        var path = Path ?? (request.VirtualHostedBucket is { } bucket ? $"/{bucket}{request.Path}" : request.Path);
        var covered = request.Query.Split('&').Where(pair => SubResources.Contains(pair.Split('=')[0])).Order(StringComparer.Ordinal)
            .Select(pair => Encoding.UTF8.GetString(Percent.Decode(pair, plusIsSpace: true))).ToList();
        var text = $"{request.Method}\n{request.Headers["content-md5"]}\n{request.Headers["content-type"]}\n{date}\n{string.Concat(amz)}{path}"
            + (covered.Count == 0 ? "" : "?" + string.Join('&', covered));
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));
    }
}
