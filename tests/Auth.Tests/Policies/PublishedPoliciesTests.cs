using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Language;
using static S3Cassandra.Auth.Tests.Policies.PolicyCase;

namespace S3Cassandra.Auth.Tests.Policies;

/// <summary>Policies as AWS publishes them ("Examples of Amazon S3 bucket policies", "Bucket policy examples using condition keys", IAM's S3 examples), and what they do.</summary>
public sealed class PublishedPoliciesTests
{
    private const string Object = "arn:aws:s3:::examplebucket/taxdocuments/k";

    private static bool May(Policy bucket, Identity who, string action, string resource, params (string Key, string Value)[] facts) =>
        Decide(who, action, resource, bucket, new() { Identity = [Allow("*", "*")] }, facts).IsAllowed;

    private static Policy Example(string statements) => Bucket($$"""{"Version":"2012-10-17","Id":"ExamplePolicy","Statement":[{{statements}}]}""", "examplebucket");

    [Fact]
    public void Canned_acl_required_of_other_accounts()
    {
        var policy = Example(
            """
            {"Sid":"AddCannedAcl","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:root","arn:aws:iam::444455556666:root"]},
            "Action":["s3:PutObject","s3:PutObjectAcl"],"Resource":["arn:aws:s3:::examplebucket/*"],"Condition":{"StringEquals":{"s3:x-amz-acl":["public-read"]}}}
            """);
        Assert.True(May(policy, Foreigner, "s3:PutObject", Object, ("s3:x-amz-acl", "public-read")));
        Assert.False(May(policy, Foreigner, "s3:PutObject", Object, ("s3:x-amz-acl", "private")));
        Assert.False(May(policy, Foreigner, "s3:PutObject", Object));
        Assert.False(May(policy, Foreigner, "s3:GetObject", Object, ("s3:x-amz-acl", "public-read")));
    }

    [Fact]
    public void Read_by_everyone()
    {
        var policy = Example("""{"Sid":"AddPerm","Effect":"Allow","Principal":"*","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::examplebucket/*"]}""");
        Assert.True(May(policy, Identity.Anonymous, "s3:GetObject", Object));
        Assert.True(May(policy, ForeignUser, "s3:GetObject", Object));
        Assert.False(May(policy, Identity.Anonymous, "s3:PutObject", Object));
        Assert.False(May(policy, Identity.Anonymous, "s3:ListBucket", "arn:aws:s3:::examplebucket"));
    }

    [Fact]
    public void Addresses_with_an_exception()
    {
        var policy = Example(
            """
            {"Sid":"IPAllow","Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::examplebucket/*",
            "Condition":{"IpAddress":{"aws:SourceIp":"54.240.143.0/24"},"NotIpAddress":{"aws:SourceIp":"54.240.143.188/32"}}}
            """);
        Assert.True(May(policy, Identity.Anonymous, "s3:GetObject", Object, ("aws:SourceIp", "54.240.143.7")));
        Assert.False(May(policy, Identity.Anonymous, "s3:GetObject", Object, ("aws:SourceIp", "54.240.143.188")));
        Assert.False(May(policy, Identity.Anonymous, "s3:GetObject", Object, ("aws:SourceIp", "54.240.144.7")));
        Assert.False(May(policy, Identity.Anonymous, "s3:GetObject", Object));
    }

    [Fact]
    public void Addresses_of_both_families_denied_but_for_some()
    {
        var policy = Example(
            """
            {"Sid":"IPDeny","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::examplebucket","arn:aws:s3:::examplebucket/*"],
            "Condition":{"NotIpAddress":{"aws:SourceIp":["192.0.2.0/24","203.0.113.0/24","2001:DB8:1234:5678::/64"]}}}
            """);
        Assert.True(May(policy, User, "s3:GetObject", Object, ("aws:SourceIp", "2001:db8:1234:5678::1")));
        Assert.False(May(policy, User, "s3:GetObject", Object, ("aws:SourceIp", "2001:db8:1234:5679::1")));
        Assert.False(May(policy, User, "s3:GetObject", Object));
    }

    [Fact]
    public void Referers()
    {
        var policy = Example(
            """
            {"Sid":"Allow only GET requests originating from www.example.com and example.com.","Effect":"Allow","Principal":"*",
            "Action":["s3:GetObject","s3:GetObjectVersion"],"Resource":"arn:aws:s3:::examplebucket/*",
            "Condition":{"StringLike":{"aws:Referer":["http://www.example.com/*","http://example.com/*"]}}},
            {"Sid":"Explicit deny to ensure requests are allowed only from specific referer.","Effect":"Deny","Principal":"*","Action":"s3:*",
            "Resource":"arn:aws:s3:::examplebucket/*","Condition":{"StringNotLike":{"aws:Referer":["http://www.example.com/*","http://example.com/*"]}}}
            """);
        Assert.True(May(policy, Identity.Anonymous, "s3:GetObject", Object, ("aws:Referer", "http://example.com/page")));
        Assert.False(May(policy, User, "s3:GetObject", Object, ("aws:Referer", "http://evil.com/http://example.com/")));
        Assert.False(May(policy, User, "s3:GetObject", Object));
    }

    [Fact]
    public void Only_over_tls()
    {
        var policy = Example(
            """
            {"Sid":"RestrictToTLSRequestsOnly","Action":"s3:*","Effect":"Deny","Resource":["arn:aws:s3:::examplebucket","arn:aws:s3:::examplebucket/*"],
            "Condition":{"Bool":{"aws:SecureTransport":"false"}},"Principal":"*"}
            """);
        Assert.False(May(policy, User, "s3:GetObject", Object, ("aws:SecureTransport", "false")));
        Assert.True(May(policy, User, "s3:GetObject", Object, ("aws:SecureTransport", "true")));
    }

    [Fact]
    public void Multi_factor_authentication_for_a_folder()
    {
        var policy = Example(
            """
            {"Sid":"","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::examplebucket/taxdocuments/*","Condition":{"Null":{"aws:MultiFactorAuthAge":true}}},
            {"Sid":"","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::examplebucket/taxdocuments/*","Condition":{"NumericGreaterThan":{"aws:MultiFactorAuthAge":3600}}},
            {"Sid":"","Effect":"Allow","Principal":"*","Action":["s3:GetObject"],"Resource":"arn:aws:s3:::examplebucket/*"}
            """);
        Assert.False(May(policy, User, "s3:GetObject", Object));
        Assert.False(May(policy, User, "s3:GetObject", Object, ("aws:MultiFactorAuthAge", "3601")));
        Assert.True(May(policy, User, "s3:GetObject", Object, ("aws:MultiFactorAuthAge", "3600")));
        Assert.True(May(policy, User, "s3:GetObject", "arn:aws:s3:::examplebucket/other"));
    }

    [Fact]
    public void Tags_of_objects()
    {
        var policy = Example(
            """
            {"Principal":{"AWS":"arn:aws:iam::111122223333:role/ops"},"Effect":"Allow","Action":["s3:GetObject","s3:GetObjectVersion"],
            "Resource":"arn:aws:s3:::examplebucket/*","Condition":{"StringEquals":{"s3:ExistingObjectTag/environment":"production"}}},
            {"Principal":{"AWS":"arn:aws:iam::111122223333:user/ann"},"Effect":"Allow","Action":"s3:PutObjectTagging","Resource":"arn:aws:s3:::examplebucket/*",
            "Condition":{"ForAllValues:StringLike":{"s3:RequestObjectTagKeys":["Owner","CreationDate"]}}}
            """);
        bool Granted(Identity who, string action, params (string Key, string Value)[] facts) => Decide(who, action, Object, policy, null, facts).IsAllowed;
        Assert.True(Granted(Session, "s3:GetObject", ("s3:ExistingObjectTag/environment", "production")));
        Assert.False(Granted(Session, "s3:GetObject", ("s3:ExistingObjectTag/environment", "test")));
        Assert.False(Granted(Session, "s3:GetObject"));
        Assert.True(Granted(User, "s3:PutObjectTagging", ("s3:RequestObjectTagKeys", "Owner")));
        Assert.False(Granted(User, "s3:PutObjectTagging", ("s3:RequestObjectTagKeys", "Owner"), ("s3:RequestObjectTagKeys", "Secret")));
    }

    [Fact]
    public void Listing_a_folder()
    {
        var policy = Example(
            """
            {"Sid":"statement1","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:user/eve"},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::examplebucket",
            "Condition":{"StringEquals":{"s3:prefix":"projects"}}},
            {"Sid":"statement2","Effect":"Deny","Principal":{"AWS":"arn:aws:iam::444455556666:user/eve"},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::examplebucket",
            "Condition":{"NumericGreaterThan":{"s3:max-keys":"10"}}}
            """);
        Assert.True(May(policy, ForeignUser, "s3:ListBucket", "arn:aws:s3:::examplebucket", ("s3:prefix", "projects"), ("s3:max-keys", "10")));
        Assert.False(May(policy, ForeignUser, "s3:ListBucket", "arn:aws:s3:::examplebucket", ("s3:prefix", "projects"), ("s3:max-keys", "11")));
        Assert.False(May(policy, ForeignUser, "s3:ListBucket", "arn:aws:s3:::examplebucket", ("s3:prefix", "")));
    }

    [Fact]
    public void Encryption_required_of_uploads()
    {
        var policy = Example(
            """
            {"Sid":"DenyUnencrypted","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::examplebucket/*",
            "Condition":{"StringNotEquals":{"s3:x-amz-server-side-encryption":"AES256"}}}
            """);
        Assert.True(May(policy, User, "s3:PutObject", Object, ("s3:x-amz-server-side-encryption", "AES256")));
        Assert.False(May(policy, User, "s3:PutObject", Object));
    }

    [Fact]
    public void A_home_folder_per_user()
    {
        var home = Attached(
            """
            {"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":["s3:ListAllMyBuckets","s3:GetBucketLocation"],"Resource":"arn:aws:s3:::*"},
            {"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::examplebucket","Condition":{"StringLike":{"s3:prefix":["","home/","home/${aws:username}/"]}}},
            {"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::examplebucket/home/${aws:username}","arn:aws:s3:::examplebucket/home/${aws:username}/*"]}]}
            """);
        bool Mine(string action, string resource, params (string Key, string Value)[] facts) =>
            Decide(User, action, resource, null, new() { Identity = [home] }, [("aws:username", "ann"), .. facts]).IsAllowed;
        Assert.True(Mine("s3:ListAllMyBuckets", "*"));
        Assert.True(Mine("s3:ListBucket", "arn:aws:s3:::examplebucket", ("s3:prefix", "home/ann/")));
        Assert.False(Mine("s3:ListBucket", "arn:aws:s3:::examplebucket", ("s3:prefix", "home/bob/")));
        Assert.True(Mine("s3:PutObject", "arn:aws:s3:::examplebucket/home/ann/x"));
        Assert.False(Mine("s3:PutObject", "arn:aws:s3:::examplebucket/home/anna/x"));
        Assert.False(Mine("s3:PutObject", "arn:aws:s3:::examplebucket/home/bob/x"));
    }

    [Fact]
    public void Everything_but_some()
    {
        var policy = Attached(
            """
            {"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::examplebucket","arn:aws:s3:::examplebucket/*"]},
            {"Effect":"Deny","NotAction":"s3:*","NotResource":["arn:aws:s3:::examplebucket","arn:aws:s3:::examplebucket/*"]}]}
            """);
        Assert.True(Decide(User, "s3:PutObject", Object, null, new() { Identity = [policy] }).IsAllowed);
        Assert.False(Decide(User, "iam:CreateUser", "arn:aws:iam::111122223333:user/x", null, new() { Identity = [policy, Allow("*", "*")] }).IsAllowed);
    }
}
