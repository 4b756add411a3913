using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>What tagging is done to, with the tags in question for aws:RequestTag and aws:TagKeys.</summary>
internal static class TagTarget
{
    public static async ValueTask<QueryTarget> AddAsync(
        ValueTask<QueryTarget> target, QueryRequest request, StringComparison keys = IamTags.OfPrincipals) =>
        await target with { RequestTags = IamTags.Require(request, keys) };

    public static async ValueTask<QueryTarget> RemoveAsync(ValueTask<QueryTarget> target, QueryRequest request) =>
        await target with { TagKeys = IamTags.ReadKeys(request) };
}
