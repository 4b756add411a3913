using System.Net;
using System.Xml.Linq;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Terraform;

/// <summary>
/// What the provider's aws_s3_bucket keeps of a bucket: every sub-resource is read, in the provider's order, and of each only those errors
/// are borne that the provider bears (internal/service/s3/bucket.go, resourceBucketRead).
/// </summary>
internal static class BucketState
{
    private static readonly (string Attribute, string Query, string[] Borne)[] Reads =
    [
        ("policy", "policy", ["NoSuchBucketPolicy"]),
        ("grant", "acl", []),
        ("cors_rule", "cors", ["NoSuchCORSConfiguration"]),
        ("website", "website", ["NoSuchWebsiteConfiguration", "MethodNotAllowed"]),
        ("versioning", "versioning", []),
        ("acceleration_status", "accelerate", ["MethodNotAllowed", "UnsupportedArgument"]),
        ("request_payer", "requestPayment", []),
        ("logging", "logging", []),
        ("lifecycle_rule", "lifecycle", ["NoSuchLifecycleConfiguration"]),
        ("replication_configuration", "replication", ["ReplicationConfigurationNotFoundError"]),
        ("server_side_encryption_configuration", "encryption", ["ServerSideEncryptionConfigurationNotFoundError", "MethodNotAllowed"]),
        ("object_lock_configuration", "object-lock", ["ObjectLockConfigurationNotFoundError", "MethodNotAllowed"]),
        ("tags", "tagging", ["NoSuchTagSet"]),
    ];

    /// <summary>The answers by attribute, empty where one says that nothing is set; null where there is no such bucket.</summary>
    public static async Task<SortedDictionary<string, string>?> ReadAsync(S3Client s3, string bucket, CancellationToken token)
    {
        var head = await s3.SendAsync(HttpMethod.Head, bucket, null, "", null, [], token);
        if (head.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        var state = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["region"] = head.Headers["x-amz-bucket-region"] };
        foreach (var (attribute, query, borne) in Reads)
        {
            state[attribute] = await ReadAsync(s3, bucket, query, token, borne);
        }

        return state;
    }

    /// <summary>One sub-resource; empty where the answer is one of the errors that are borne.</summary>
    public static async Task<string> ReadAsync(S3Client s3, string bucket, string query, CancellationToken token, params string[] borne)
    {
        var answer = await s3.GetAsync(bucket, null, token, query);
        if (answer.IsSuccess)
        {
            return answer.Text;
        }

        Assert.Contains(XDocument.Parse(answer.Text).Root!.Element("Code")!.Value, borne);
        return "";
    }

    /// <summary>HeadBucket; 404 is what the provider takes for "not there".</summary>
    public static async Task<bool> ExistsAsync(S3Client s3, string bucket, CancellationToken token) =>
        (await s3.SendAsync(HttpMethod.Head, bucket, null, "", null, [], token)).Status != HttpStatusCode.NotFound;
}
