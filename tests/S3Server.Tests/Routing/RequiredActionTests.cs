using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Actions;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Routing;
using S3Cassandra.S3Server.Tests.Server;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Tests.Routing;

/// <summary>Each operation's actions, as AWS's Service Authorization Reference and "Required permissions for Amazon S3 API operations" name them.</summary>
public class RequiredActionTests
{
    private const string Version = "versionId=null";
    private const string Tagging = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";
    private const string Upload = "uploadId=0123456789abcdef0123456789abcdef";
    private const string Copy = "x-amz-copy-source: src/key";

    private const string AccountId = "x-amz-account-id: 123456789012";
    private const string Acl = "<AccessControlPolicy><Owner><ID>a</ID></Owner><AccessControlList/></AccessControlPolicy>";

    private static readonly RequestTargetParser Parser = new([]);

    /// <summary>What asks for them; what they are, "s3:" left out, on which resource if it is not the request's own.</summary>
    private static readonly (string Operation, string Request, string Headers, string Body, string Actions)[] Table =
    [
        ("ListBuckets", "GET /", "", "", "ListAllMyBuckets *"),
        ("CreateBucket", "PUT /bkt", "", "", "CreateBucket"),
        ("CreateBucket", "PUT /bkt", "x-amz-acl: private|x-amz-object-ownership: BucketOwnerEnforced", "", "CreateBucket PutBucketAcl PutBucketOwnershipControls"),
        ("DeleteBucket", "DELETE /bkt", "", "", "DeleteBucket"),
        ("HeadBucket", "HEAD /bkt", "", "", "ListBucket"),
        ("GetBucketLocation", "GET /bkt?location", "", "", "GetBucketLocation"),
        ("GetBucketVersioning", "GET /bkt?versioning", "", "", "GetBucketVersioning"),
        ("PutBucketVersioning", "PUT /bkt?versioning", "", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>", "PutBucketVersioning"),
        ("GetBucketTagging", "GET /bkt?tagging", "", "", "GetBucketTagging"),
        ("PutBucketTagging", "PUT /bkt?tagging", "", Tagging, "PutBucketTagging"),
        ("DeleteBucketTagging", "DELETE /bkt?tagging", "", "", "PutBucketTagging"),
        ("GetBucketCors", "GET /bkt?cors", "", "", "GetBucketCORS"),
        ("PutBucketCors", "PUT /bkt?cors", "", "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>", "PutBucketCORS"),
        ("DeleteBucketCors", "DELETE /bkt?cors", "", "", "PutBucketCORS"),
        ("GetBucketEncryption", "GET /bkt?encryption", "", "", "GetEncryptionConfiguration"),
        ("DeleteBucketEncryption", "DELETE /bkt?encryption", "", "", "PutEncryptionConfiguration"),
        ("GetBucketPolicy", "GET /bkt?policy", "", "", "GetBucketPolicy"),
        ("PutBucketPolicy", "PUT /bkt?policy", "", "{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::bkt\"}}", "PutBucketPolicy"),
        ("DeleteBucketPolicy", "DELETE /bkt?policy", "", "", "DeleteBucketPolicy"),
        ("GetBucketPolicyStatus", "GET /bkt?policyStatus", "", "", "GetBucketPolicyStatus"),
        ("GetPublicAccessBlock", "GET /bkt?publicAccessBlock", "", "", "GetBucketPublicAccessBlock"),
        ("PutPublicAccessBlock", "PUT /bkt?publicAccessBlock", "", "<PublicAccessBlockConfiguration/>", "PutBucketPublicAccessBlock"),
        ("DeletePublicAccessBlock", "DELETE /bkt?publicAccessBlock", "", "", "PutBucketPublicAccessBlock"),
        ("GetBucketOwnershipControls", "GET /bkt?ownershipControls", "", "", "GetBucketOwnershipControls"),
        ("PutBucketOwnershipControls", "PUT /bkt?ownershipControls", "", "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>", "PutBucketOwnershipControls"),
        ("DeleteBucketOwnershipControls", "DELETE /bkt?ownershipControls", "", "", "PutBucketOwnershipControls"),
        ("GetBucketAcl", "GET /bkt?acl", "", "", "GetBucketAcl"),
        ("PutBucketAcl", "PUT /bkt?acl", "x-amz-acl: private", "", "PutBucketAcl"),
        ("PutBucketAcl", "PUT /bkt?acl", "", Acl, "PutBucketAcl"),
        ("PutObjectAcl", "PUT /bkt/k?acl", "x-amz-acl: private", "", "PutObjectAcl"),
        ("PutObjectAcl", "PUT /bkt/k?acl&" + Version, "", Acl, "PutObjectVersionAcl"),
        ("PutBucketRequestPayment", "PUT /bkt?requestPayment", "", "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>", "PutBucketRequestPayment"),
        ("GetAccountPublicAccessBlock", "GET " + AccountTarget.PublicAccessBlockPath, AccountId, "", "GetAccountPublicAccessBlock *"),
        ("PutAccountPublicAccessBlock", "PUT " + AccountTarget.PublicAccessBlockPath, AccountId, "<PublicAccessBlockConfiguration/>", "PutAccountPublicAccessBlock *"),
        ("DeleteAccountPublicAccessBlock", "DELETE " + AccountTarget.PublicAccessBlockPath, AccountId, "", "PutAccountPublicAccessBlock *"),
        ("GetBucketLifecycleConfiguration", "GET /bkt?lifecycle", "", "", "GetLifecycleConfiguration"),
        ("DeleteBucketLifecycle", "DELETE /bkt?lifecycle", "", "", "PutLifecycleConfiguration"),
        ("GetBucketReplication", "GET /bkt?replication", "", "", "GetReplicationConfiguration"),
        ("DeleteBucketReplication", "DELETE /bkt?replication", "", "", "PutReplicationConfiguration"),
        ("GetObjectLockConfiguration", "GET /bkt?object-lock", "", "", "GetBucketObjectLockConfiguration"),
        ("GetBucketWebsite", "GET /bkt?website", "", "", "GetBucketWebsite"),
        ("DeleteBucketWebsite", "DELETE /bkt?website", "", "", "DeleteBucketWebsite"),
        ("GetBucketLogging", "GET /bkt?logging", "", "", "GetBucketLogging"),
        ("GetBucketNotificationConfiguration", "GET /bkt?notification", "", "", "GetBucketNotification"),
        ("GetBucketAccelerateConfiguration", "GET /bkt?accelerate", "", "", "GetAccelerateConfiguration"),
        ("GetBucketRequestPayment", "GET /bkt?requestPayment", "", "", "GetBucketRequestPayment"),
        ("GetBucketAnalyticsConfiguration", "GET /bkt?analytics&id=a", "", "", "GetAnalyticsConfiguration"),
        ("GetBucketIntelligentTieringConfiguration", "GET /bkt?intelligent-tiering&id=a", "", "", "GetIntelligentTieringConfiguration"),
        ("GetBucketInventoryConfiguration", "GET /bkt?inventory&id=a", "", "", "GetInventoryConfiguration"),
        ("GetBucketMetricsConfiguration", "GET /bkt?metrics&id=a", "", "", "GetMetricsConfiguration"),
        ("ListObjects", "GET /bkt", "", "", "ListBucket"),
        ("ListObjectsV2", "GET /bkt?list-type=2", "", "", "ListBucket"),
        ("ListObjectVersions", "GET /bkt?versions", "", "", "ListBucketVersions"),
        ("ListMultipartUploads", "GET /bkt?uploads", "", "", "ListBucketMultipartUploads"),
        ("GetObject", "GET /bkt/k", "", "", "GetObject"),
        ("GetObject", "GET /bkt/k?" + Version, "", "", "GetObjectVersion"),
        ("HeadObject", "HEAD /bkt/k", "", "", "GetObject"),
        ("HeadObject", "HEAD /bkt/k?" + Version, "", "", "GetObjectVersion"),
        ("GetObjectAttributes", "GET /bkt/k?attributes", "x-amz-object-attributes: ETag", "", "GetObject GetObjectAttributes"),
        ("GetObjectAttributes", "GET /bkt/k?attributes&" + Version, "x-amz-object-attributes: ETag", "", "GetObjectVersion GetObjectVersionAttributes"),
        ("GetObjectAcl", "GET /bkt/k?acl", "", "", "GetObjectAcl"),
        ("GetObjectAcl", "GET /bkt/k?acl&" + Version, "", "", "GetObjectVersionAcl"),
        ("GetObjectTagging", "GET /bkt/k?tagging", "", "", "GetObjectTagging"),
        ("GetObjectTagging", "GET /bkt/k?tagging&" + Version, "", "", "GetObjectVersionTagging"),
        ("PutObjectTagging", "PUT /bkt/k?tagging", "", Tagging, "PutObjectTagging"),
        ("PutObjectTagging", "PUT /bkt/k?tagging&" + Version, "", Tagging, "PutObjectVersionTagging"),
        ("DeleteObjectTagging", "DELETE /bkt/k?tagging", "", "", "DeleteObjectTagging"),
        ("DeleteObjectTagging", "DELETE /bkt/k?tagging&" + Version, "", "", "DeleteObjectVersionTagging"),
        ("PutObject", "PUT /bkt/k", "", "", "PutObject"),
        ("PutObject", "PUT /bkt/k", "x-amz-tagging: a=b", "", "PutObject PutObjectTagging"),
        ("PutObject", "PUT /bkt/k", "x-amz-acl: bucket-owner-full-control", "", "PutObject PutObjectAcl"),
        ("PutObject", "PUT /bkt/k", "x-amz-grant-read: id=a", "", "PutObject PutObjectAcl"),
        ("CopyObject", "PUT /bkt/k", Copy, "", "GetObject=src/key PutObject"),
        ("CopyObject", "PUT /bkt/k", Copy + "?versionId=null", "", "GetObjectVersion=src/key PutObject"),
        ("CopyObject", "PUT /bkt/k", Copy + "|x-amz-tagging-directive: REPLACE|x-amz-tagging: a=b|x-amz-acl: private", "", "GetObject=src/key PutObject PutObjectTagging PutObjectAcl"),
        ("DeleteObject", "DELETE /bkt/k", "", "", "DeleteObject"),
        ("DeleteObject", "DELETE /bkt/k?" + Version, "", "", "DeleteObjectVersion"),
        ("DeleteObject", "DELETE /bkt/k?" + Version, "x-amz-bypass-governance-retention: true", "", "DeleteObjectVersion BypassGovernanceRetention"),
        ("DeleteObjects", "POST /bkt?delete", "", "<Delete><Object><Key>k</Key></Object><Object><Key>k</Key><VersionId>null</VersionId></Object></Delete>", "DeleteObject=bkt/k DeleteObjectVersion=bkt/k"),
        ("CreateMultipartUpload", "POST /bkt/k?uploads", "", "", "PutObject"),
        ("CreateMultipartUpload", "POST /bkt/k?uploads", "x-amz-tagging: a=b|x-amz-acl: private", "", "PutObject PutObjectTagging PutObjectAcl"),
        ("UploadPart", "PUT /bkt/k?partNumber=1&" + Upload, "", "", "PutObject"),
        ("UploadPartCopy", "PUT /bkt/k?partNumber=1&" + Upload, Copy, "", "GetObject=src/key PutObject"),
        ("CompleteMultipartUpload", "POST /bkt/k?" + Upload, "", "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>", "PutObject"),
        ("AbortMultipartUpload", "DELETE /bkt/k?" + Upload, "", "", "AbortMultipartUpload"),
        ("ListParts", "GET /bkt/k?" + Upload, "", "", "ListMultipartUploadParts"),
    ];

    [Fact]
    public async Task Each_operation_names_the_actions_that_AWS_names()
    {
        await using var server = await TestServer.StartAsync(options => options with { Region = "us-east-1" });
        var routes = (RouteTable)server.Host.Services.GetService(typeof(RouteTable))!;
        foreach (var (operation, request, headers, body, actions) in Table)
        {
            var context = ContextOf(request, headers, body);
            var (route, action) = routes.Find(context.Http.Request.Method, context.Target, context.Http.Request.Headers);
            Assert.Equal(operation, route.Name);
            await Assert.ThrowsAsync<OperationCanceledException>(
                async () => await action.RunAsync(context, (_, _) => throw new OperationCanceledException(), TestContext.Current.CancellationToken));
            var own = request.Split(' ', '?')[1].TrimStart('/');
            Assert.True(Expected(actions, own).SequenceEqual(context.Permissions.All.Select(needed => $"{needed.Action}={needed.Resource}")),
                $"{request} {headers}: {string.Join(' ', context.Permissions.All)}");
            if (route.Action is { } first && !context.Target.Query.Has("versionId"))
            {
                // What is asked before a fault is told is asked of a right request, too.
                Assert.Contains(first, context.Permissions.All.Select(needed => needed.Action));
            }

            Assert.All(context.Permissions.All, needed => Assert.NotEqual((S3ActionScope)0, S3ActionTable.ScopesOf(needed.Action)));
        }
    }

    [Fact]
    public void Every_operation_that_is_built_is_in_the_table_or_is_one_of_a_kind_that_is()
    {
        string[] likeOthers =
        [
            "PostObject", "PutBucketEncryption", "GetBucketAbac", "GetObjectRetention", "GetObjectLegalHold",
            "GetBucketMetadataConfiguration", "DeleteBucketMetadataConfiguration", "GetBucketMetadataTableConfiguration", "DeleteBucketMetadataTableConfiguration",
        ];
        var missing = RouteTable.AllRoutes().Where(route => route.IsImplemented).Select(route => route.Name)
            .Except(Table.Select(row => row.Operation)).Except(likeOthers)
            .Where(name => !name.EndsWith("Configuration", StringComparison.Ordinal) && !name.EndsWith("Configurations", StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    private static IEnumerable<string> Expected(string actions, string own) => actions.EndsWith(" *", StringComparison.Ordinal)
        ? [$"s3:{actions[..^2]}=*"]
        : actions.Split(' ').Select(action => action.Split('=')).Select(parts => $"s3:{parts[0]}=arn:aws:s3:::{(parts.Length > 1 ? parts[1] : own)}");

    private static S3Context ContextOf(string request, string headers, string body)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = request[..request.IndexOf(' ')];
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = header.IndexOf(':');
            http.Request.Headers[header[..colon]] = header[(colon + 2)..];
        }

        var target = AccountTarget.Of(Parser.Parse(request[(request.IndexOf(' ') + 1)..], "host"), http.Request.Headers);
        var context = new S3Context(http, "0123456789ABCDEF", target) { Identity = Identity.Root("123456789012", new string('a', 64)) };
        if (body.Length > 0)
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            context.Body = new RequestBody(PipeReader.Create(new(bytes)), bytes.Length, BodyPromises.None);
        }

        if (target.Kind is RouteTarget.Bucket or RouteTarget.Object && request != "PUT /bkt")
        {
            context.Bucket = new BucketRecord
            {
                Name = target.Bucket,
                Id = BucketId.New(),
                Created = DateTimeOffset.UnixEpoch,
                Region = "us-east-1",
                Ownership = ObjectOwnership.ObjectWriter,
                Owner = new ObjectOwner("123456789012", new string('a', 64), "arn:aws:iam::123456789012:root"),
            };
        }

        return context;
    }
}
