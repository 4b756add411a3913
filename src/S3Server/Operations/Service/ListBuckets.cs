using System.Globalization;
using System.Text;
using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Service;

/// <summary>Lists the buckets of the caller's account, by name.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html"/>
internal sealed class ListBuckets(BucketStore buckets) : IS3Operation<ListBucketsInput>
{
    private const int MostBuckets = 10_000;

    public ValueTask<ListBucketsInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var query = context.Target.Query;
        var (max, prefix, region, token) =
            (query.Get("max-buckets"), query.Get("prefix"), query.Get("bucket-region"), query.Get("continuation-token"));
        return new(new ListBucketsInput(
            string.IsNullOrEmpty(prefix) ? null : prefix,
            string.IsNullOrEmpty(region) ? null : region,
            token is null ? null : After(token, context),
            max is null ? MostBuckets : Max(max),
            max is not null || prefix is not null || region is not null || token is not null));
    }

    public void Require(ListBucketsInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.ListAllMyBuckets, "*");

    public async ValueTask ExecuteAsync(ListBucketsInput input, S3Context context, CancellationToken cancellationToken)
    {
        var found = await buckets.ListAsync(input.Prefix ?? "", input.After, input.MaxBuckets + 1, IsAskedFor, cancellationToken);
        string? next = null;
        if (found.Count > input.MaxBuckets)
        {
            found = [.. found.Take(input.MaxBuckets)];
            next = ContinuationToken.Encode(Encoding.UTF8.GetBytes(found[^1].Name), Scope(context));
        }

        await S3XmlResponse.WriteAsync(
            context, StatusCodes.Status200OK, (input, context.Caller.CanonicalId, found, next), Write, cancellationToken);

        bool IsAskedFor(BucketRecord bucket) =>
            bucket.Owner.AccountId == context.Caller.AccountId && (input.Region is null || bucket.Region == input.Region);
    }

    private static void Write(S3XmlWriter xml, (ListBucketsInput Input, string Owner, IReadOnlyList<BucketRecord> Buckets, string? Next) answer)
    {
        xml.StartDocument("ListAllMyBucketsResult"u8);
        xml.Start("Owner"u8);
        xml.Element("ID"u8, answer.Owner);
        xml.End("Owner"u8);
        xml.Start("Buckets"u8);
        foreach (var bucket in answer.Buckets)
        {
            xml.Start("Bucket"u8);
            xml.Element("Name"u8, bucket.Name);
            xml.Element("CreationDate"u8, WholeSeconds(bucket.Created));
            xml.Element("BucketRegion"u8, answer.Input.IsParametrised ? bucket.Region : null);
            xml.End("Bucket"u8);
        }

        xml.End("Buckets"u8);
        xml.Element("ContinuationToken"u8, answer.Next);
        xml.Element("Prefix"u8, answer.Input.Prefix);
        xml.End("ListAllMyBucketsResult"u8);
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private static int Max(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var max) && max is >= 1 and <= MostBuckets
            ? max
            : throw new S3Exception(
                S3Errors.InvalidArgument,
                $"Argument max-buckets must be an integer between 1 and {MostBuckets}.",
                ("ArgumentName", "max-buckets"),
                ("ArgumentValue", text));

    private static string After(string token, S3Context context) =>
        ContinuationToken.TryDecode(token, Scope(context), out var last)
            ? Encoding.UTF8.GetString(last.Span)
            : throw new S3Exception(
                S3Errors.InvalidArgument,
                "The continuation token provided is incorrect",
                ("ArgumentName", "continuation-token"),
                ("ArgumentValue", token));

    private static byte[] Scope(S3Context context) => Encoding.UTF8.GetBytes(context.Caller.AccountId);
}
