using System.Runtime.CompilerServices;
using System.Text;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Http;

/// <summary>
/// Compiles a bucket's policy once for as long as its record is cached. One that was stored and cannot be read denies everything: only the
/// owner's root can then put another.
/// </summary>
internal sealed class BucketPolicies
{
    private static readonly Policy Unreadable = PolicyParser.ParseBucketPolicy(
        """{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::*","arn:aws:s3:::*/*"]}}"""u8, "any").Policy!;

    private readonly ConditionalWeakTable<BucketRecord, Policy> _compiled = [];

    /// <summary>The policy; null without one.</summary>
    public Policy? Of(BucketRecord bucket) => bucket.Policy is null ? null : _compiled.GetValue(bucket, Compile);

    private static Policy Compile(BucketRecord bucket) =>
        PolicyParser.ParseStoredBucketPolicy(Encoding.UTF8.GetBytes(bucket.Policy!), bucket.Name).Policy ?? Unreadable;
}
