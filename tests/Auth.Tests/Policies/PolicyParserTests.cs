using System.Text;
using S3Cassandra.Auth.Policies.Language;

namespace S3Cassandra.Auth.Tests.Policies;

public sealed class PolicyParserTests
{
    private const string Rest = "\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"";

    [Theory]
    [InlineData("", "Policies must be valid JSON and the first byte must be '{'")]
    [InlineData(" {}", "Policies must be valid JSON and the first byte must be '{'")]
    [InlineData("[]", "Policies must be valid JSON and the first byte must be '{'")]
    [InlineData("{", "This policy contains invalid Json")]
    [InlineData("{\"Version\":\"2012-10-17\",}", "This policy contains invalid Json")]
    [InlineData("{} {}", "This policy contains invalid Json")]
    [InlineData("{\"Id\":\"\\ud800\",\"Statement\":[]}", "This policy contains invalid Json")]
    [InlineData("{\"Statement\":[[[[[[[[[]]]]]]]]]}", "This policy contains invalid Json")]
    [InlineData("{\"Version\":\"2012-10-17\"}", "Missing required field Statement")]
    [InlineData("{\"Statement\":[]}", "Could not parse the policy: Statement is empty!")]
    [InlineData("{\"Statement\":{}}", "Could not parse the policy: Statement is empty!")]
    [InlineData("{\"Statement\":[5]}", "Invalid policy syntax.")]
    [InlineData("{\"Version\":\"2020-01-01\",\"Statement\":[{" + Rest + "}]}", "The policy must contain a valid version string")]
    [InlineData("{\"Statement\":[{" + Rest + "}],\"Extra\":1}", "Unknown field Extra")]
    [InlineData("{\"Statement\":[{" + Rest + "}],\"Statement\":[{" + Rest + "}]}", "Duplicate field Statement")]
    public void A_bucket_policy_is_one_document(string json, string message) => Refused(json, message);

    [Theory]
    [InlineData(Rest + ",\"Other\":\"x\"", "Unknown field Other")]
    [InlineData(Rest + ",\"Effect\":\"Allow\"", "Duplicate field Effect")]
    [InlineData(Rest + ",\"NotAction\":\"s3:PutObject\"", "Invalid policy syntax.")]
    [InlineData("\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"", "Missing required field Principal")]
    [InlineData("\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"", "Missing required field Effect")]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":\"*\",\"Resource\":\"arn:aws:s3:::b/*\"", "Missing required field Action")]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\"", "Missing required field Resource")]
    [InlineData("\"Effect\":\"allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"", "Invalid effect: allow")]
    [InlineData("\"Effect\":\"Allow\",\"NotPrincipal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"", "Allow with NotPrincipal is not allowed.")]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":[],\"Resource\":\"arn:aws:s3:::b/*\"", "Policy has invalid action")]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":[],\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"", "Invalid principal in policy")]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[]},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"", "Invalid principal in policy")]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":[\"*\",\"somebody\"],\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"", "Invalid principal in policy")]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":[\"*\"],\"Action\":\"s3:GetObject\",\"Resource\":[]", "Policy has invalid resource")]
    public void A_statement_has_its_elements_once(string statement, string message) => Refused($"{{\"Statement\":[{{{statement}}}]}}", message);

    [Theory]
    [InlineData("\"ann\"")]
    [InlineData("{\"AWS\":\"ann\"}")]
    [InlineData("{\"AWS\":\"12345678901\"}")]
    [InlineData("{\"AWS\":\"arn:aws:iam::111122223333:user/*\"}")]
    [InlineData("{\"AWS\":\"arn:aws:iam::*:root\"}")]
    [InlineData("{\"AWS\":\"arn:aws:iam::111122223333:group/g\"}")]
    [InlineData("{\"AWS\":\"arn:aws:iam::111122223333:user/\"}")]
    [InlineData("{\"AWS\":\"arn:aws:s3:::b\"}")]
    [InlineData("{\"CanonicalUser\":\"*\"}")]
    [InlineData("{\"CanonicalUser\":\"abc\"}")]
    [InlineData("{\"Other\":\"*\"}")]
    [InlineData("{}")]
    public void Principals_are_named_or_everyone(string principal) => Refused(
        $"{{\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":{principal},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}}]}}",
        "Invalid principal in policy");

    [Theory]
    [InlineData("s3:GetObject", "arn:aws:s3:::b", "Action does not apply to any resource(s) in statement")]
    [InlineData("s3:ListBucket", "arn:aws:s3:::b/*", "Action does not apply to any resource(s) in statement")]
    [InlineData("s3:Get", "arn:aws:s3:::b/*", "Policy has invalid action")]
    [InlineData("s3:Fly*", "arn:aws:s3:::b/*", "Policy has invalid action")]
    [InlineData("iam:GetUser", "arn:aws:s3:::b/*", "Policy has invalid action")]
    [InlineData("s3:ListAllMyBuckets", "arn:aws:s3:::b", "Policy has invalid action")]
    [InlineData("s3:GetObject", "arn:aws:s3:::c/*", "Policy has invalid resource")]
    [InlineData("s3:GetObject", "b/*", "Policy has invalid resource")]
    [InlineData("s3:GetObject", "*", "Policy has invalid resource")]
    [InlineData("s3:GetObject", "arn:aws:s3:::bb/*", "Policy has invalid resource")]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/${aws:username", "Policy has invalid resource")]
    [InlineData("s3:*", "arn:aws:s3:::b", null)]
    [InlineData("s3:*", "arn:aws:s3:::b/*", null)]
    [InlineData("*", "arn:aws:s3:::b/*", null)]
    [InlineData("S3:getobject", "arn:aws:s3:::b/*", null)]
    [InlineData("s3:GetObject", "arn:aws:s3:::*/*", null)]
    [InlineData("s3:GetObject", "arn:aws:s3:::b*", null)]
    public void Actions_apply_to_resources(string action, string resource, string? message)
    {
        var json = $"{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"{action}\",\"Resource\":\"{resource}\"}}]}}";
        if (message is null)
        {
            Assert.Null(PolicyParser.ParseBucketPolicy(PolicyCase.Utf8(json), "b").Failure);
        }
        else
        {
            Refused(json, message);
        }
    }

    [Theory]
    [InlineData("{\"StringIs\":{\"aws:username\":\"a\"}}", "Invalid Condition type : StringIs")]
    [InlineData("{\"NullIfExists\":{\"aws:username\":\"true\"}}", "Invalid Condition type : NullIfExists")]
    [InlineData("{\"StringEquals\":{\"aws:nothing\":\"a\"}}", "Policy has an invalid condition key")]
    [InlineData("{\"StringEquals\":{\"username\":\"a\"}}", "Policy has an invalid condition key")]
    [InlineData("{\"StringEquals\":{\"s3:ExistingObjectTag/\":\"a\"}}", "Policy has an invalid condition key")]
    [InlineData("{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0\"}}", "Invalid IP address in Conditions")]
    [InlineData("{\"NotIpAddress\":{\"aws:SourceIp\":[\"10.0.0.0/8\",\"10.0.0.0/33\"]}}", "Invalid IP address in Conditions")]
    [InlineData("{\"Null\":{\"AWS:sourceip\":\"true\"}}", "Invalid IP address in Conditions")]
    [InlineData("{\"IpAddress\":{\"aws:VpcSourceIp\":\"10.0.0\"}}", "Policy has an invalid condition value")]
    [InlineData("{\"NumericEquals\":{\"s3:signatureAge\":\"ten\"}}", "Policy has an invalid condition value")]
    [InlineData("{\"DateLessThan\":{\"aws:CurrentTime\":\"tomorrow\"}}", "Policy has an invalid condition value")]
    [InlineData("{\"Bool\":{\"aws:SecureTransport\":\"yes\"}}", "Policy has an invalid condition value")]
    [InlineData("{\"ArnLike\":{\"aws:PrincipalArn\":\"user/ann\"}}", "Policy has an invalid condition value")]
    [InlineData("{\"Bool\":{\"aws:SecureTransport\":true},\"Bool\":{\"aws:SecureTransport\":true}}", "Duplicate field Bool")]
    [InlineData("{\"Bool\":{\"aws:SecureTransport\":true,\"AWS:securetransport\":true}}", "Duplicate field AWS:securetransport")]
    [InlineData("{\"Bool\":{\"aws:SecureTransport\":null}}", "Invalid policy syntax.")]
    public void Conditions_are_known(string condition, string message) => Refused($"{{\"Statement\":[{{{Rest},\"Condition\":{condition}}}]}}", message);

    [Theory]
    [InlineData("\"s3:GetObject\"", "s3:prefix", false)]
    [InlineData("\"s3:ListBucketMultipartUploads\"", "s3:prefix", false)]
    [InlineData("[\"s3:ListBucket\",\"s3:listbucketversions\"]", "s3:prefix", true)]
    [InlineData("\"s3:GetObject\"", "s3:x-amz-acl", false)]
    [InlineData("[\"s3:GetObject\",\"s3:PutObject\"]", "S3:X-Amz-Acl", false)]
    [InlineData("[\"s3:PutObject\",\"s3:PutObjectAcl\",\"s3:PutBucketAcl\"]", "s3:x-amz-acl", true)]
    [InlineData("[\"s3:GetObject*\",\"s3:PutObject\"]", "s3:x-amz-acl", true)]
    [InlineData("\"s3:*\"", "s3:x-amz-acl", true)]
    [InlineData("\"s3:GetObject\"", "s3:VersionId", false)]
    [InlineData("\"s3:GetObjectVersion\"", "s3:versionid", true)]
    [InlineData("\"s3:DeleteObject\"", "s3:ExistingObjectTag/a", false)]
    [InlineData("\"s3:GetObject\"", "s3:ExistingObjectTag/a", true)]
    [InlineData("\"s3:GetObject\"", "s3:RequestObjectTagKeys", false)]
    [InlineData("\"s3:DeleteObject\"", "s3:if-match", true)]
    [InlineData("\"s3:DeleteObject\"", "s3:if-none-match", false)]
    [InlineData("\"s3:DeleteObject\"", "aws:UserAgent", true)]
    [InlineData("\"s3:GetBucketPolicy\"", "s3:signatureversion", true)]
    public void A_condition_has_a_key_that_each_action_knows(string actions, string key, bool isRight)
    {
        const string Both = "[\"arn:aws:s3:::b\",\"arn:aws:s3:::b/*\"]";
        string Json(string field) => $$$"""
            {"Statement":[{"Effect":"Deny","Principal":"*","{{{field}}}":{{{actions}}},"Resource":{{{Both}}},"Condition":{"StringEquals":{"{{{key}}}":"x"} } }]}
            """;
        Assert.Null(PolicyParser.ParseBucketPolicy(PolicyCase.Utf8(Json("NotAction")), "b").Failure);
        if (isRight)
        {
            Assert.Null(PolicyParser.ParseBucketPolicy(PolicyCase.Utf8(Json("Action")), "b").Failure);
        }
        else
        {
            Refused(Json("Action"), "Conditions do not apply to combination of actions and resources in statement");
        }

        // What was put before this was looked at is read all the same.
        Assert.Null(PolicyParser.ParseStoredBucketPolicy(PolicyCase.Utf8(Json("Action")), "b").Failure);
    }

    [Theory]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"", "Policy document should not specify a principal.")]
    [InlineData("\"Effect\":\"Allow\",\"Resource\":\"*\"", "Policy statement must contain actions.")]
    [InlineData("\"Effect\":\"Allow\",\"Action\":\"*\"", "Policy statement must contain resources.")]
    [InlineData("\"Effect\":\"Allow\",\"Action\":\"GetObject\",\"Resource\":\"*\"", "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")]
    [InlineData("\"Effect\":\"Allow\",\"Action\":\"s 3:GetObject\",\"Resource\":\"*\"", "Vendor s 3 is not valid")]
    [InlineData("\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"b/*\"", "Resource b/* must be in ARN format or \"*\".")]
    [InlineData("\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"arn:x:s3:::b\"", "Partition \"x\" is not valid for resource \"arn:x:s3:::b\".")]
    [InlineData("\"Effect\":\"allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"", "Syntax errors in policy.")]
    [InlineData("\"Sid\":\"a b\",\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"", "Statement IDs (SID) should be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*")]
    public void Identity_policies_are_told_in_the_words_of_IAM(string statement, string message)
    {
        foreach (var kind in (PolicyKind[])[PolicyKind.Identity, PolicyKind.Session, PolicyKind.Boundary])
        {
            var parse = PolicyParser.Parse(PolicyCase.Utf8($"{{\"Version\":\"2012-10-17\",\"Statement\":[{{{statement}}}]}}"), kind);
            Assert.Equal(new PolicyFailure("MalformedPolicyDocument", message), parse.Failure);
            Assert.Null(parse.Policy);
        }
    }

    [Theory]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"sts:AssumeRole\"", null)]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\"arn:aws:iam::111122223333:oidc-provider/x\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\"", null)]
    [InlineData("\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\"", "Missing required field Principal")]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\",\"Resource\":\"*\"", "Has prohibited field Resource")]
    [InlineData("\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\"", "AssumeRole policy may only specify STS AssumeRole actions.")]
    public void Trust_policies_say_who_assumes(string statement, string? message)
    {
        var parse = PolicyParser.Parse(PolicyCase.Utf8($"{{\"Version\":\"2012-10-17\",\"Statement\":[{{{statement}}}]}}"), PolicyKind.Trust);
        Assert.Equal(message, parse.Failure?.Message);
    }

    [Fact]
    public void Sids_are_unique_in_IAM()
    {
        const string Statement = "{\"Sid\":\"a\",\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}";
        var parse = PolicyParser.Parse(PolicyCase.Utf8($"{{\"Statement\":[{Statement},{Statement}]}}"), PolicyKind.Identity);
        Assert.Equal("Statement IDs (SID) in a single policy must be unique.", parse.Failure?.Message);
    }

    [Theory]
    [InlineData(20 * 1024, true)]
    [InlineData((20 * 1024) + 1, false)]
    public void A_policy_has_20_KiB(int length, bool isAccepted)
    {
        var json = $"{{\"Statement\":[{{{Rest}}}]}}";
        json = json[..^1] + new string(' ', length - json.Length) + "}";
        Assert.Equal(isAccepted, PolicyParser.ParseBucketPolicy(Encoding.ASCII.GetBytes(json), "b").Policy is not null);
    }

    [Fact]
    public void Every_prefix_and_every_changed_byte_of_a_policy_is_a_policy_or_refused()
    {
        var json = PolicyCase.Utf8($"{{\"Version\":\"2012-10-17\",\"Statement\":[{{{Rest},\"Condition\":{{\"StringLike\":{{\"aws:Referer\":\"${{aws:username}}*\"}}}}}}]}}");
        for (var length = 0; length < json.Length; length++)
        {
            Assert.NotNull(PolicyParser.ParseBucketPolicy(json.AsSpan(0, length), "b").Failure);
            foreach (var replacement in (byte[])[0, (byte)'"', (byte)'{', (byte)'\\', 0xff])
            {
                var changed = json.ToArray();
                changed[length] = replacement;
                var parse = PolicyParser.ParseBucketPolicy(changed, "b");
                Assert.True(parse.Policy is null != (parse.Failure is null));
            }
        }
    }

    private static void Refused(string json, string message)
    {
        var parse = PolicyParser.ParseBucketPolicy(PolicyCase.Utf8(json), "b");
        Assert.Equal(new PolicyFailure("MalformedPolicy", message), parse.Failure);
        Assert.Null(parse.Policy);
    }
}
