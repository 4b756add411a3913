namespace S3Cassandra.Functional.Tests.Bucket;

/// <summary>Documents of access control lists.</summary>
internal static class AclDocuments
{
    public const string AllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";

    public static string Of(string owner, params string[] grants) =>
        $"<AccessControlPolicy xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Owner><ID>{owner}</ID></Owner><AccessControlList>{string.Concat(grants)}</AccessControlList></AccessControlPolicy>";

    public static string ToUser(string id, string permission) => Grant("CanonicalUser", $"<ID>{id}</ID>", permission);

    public static string ToGroup(string uri, string permission) => Grant("Group", $"<URI>{uri}</URI>", permission);

    public static string Grant(string type, string grantee, string permission) =>
        $"<Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"{type}\">{grantee}</Grantee><Permission>{permission}</Permission></Grant>";

    /// <summary>A bucket whose lists mean something.</summary>
    public static async Task<string> CreateAclBucketAsync(this RunningServer server, CancellationToken token, string acl = "private", string ownership = "ObjectWriter")
    {
        var bucket = $"acl-{Guid.NewGuid():n}";
        var made = await server.Raw.PutAsync(bucket, null, [], token, ("x-amz-object-ownership", ownership), ("x-amz-acl", acl));
        Assert.True(made.IsSuccess, made.Text);
        return bucket;
    }

    /// <summary>The canonical id of the server's own account.</summary>
    public static async Task<string> CanonicalIdAsync(this RunningServer server, CancellationToken token) =>
        (await server.Raw.GetAsync("", null, token)).Document("ListAllMyBucketsResult").Element("Owner")!.Element("ID")!.Value;
}
