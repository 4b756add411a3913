using S3Cassandra.Auth.Policies.Evaluation;

namespace S3Cassandra.Auth.Tests.Policies;

public sealed class PublicPolicyTests
{
    [Theory]
    [InlineData("\"Allow\"", "\"*\"", "{}", true)]
    [InlineData("\"Allow\"", "{\"AWS\":\"*\"}", "{}", true)]
    [InlineData("\"Allow\"", "{\"AWS\":[\"111122223333\",\"*\"]}", "{}", true)]
    [InlineData("\"Deny\"", "\"*\"", "{}", false)]
    [InlineData("\"Allow\"", "{\"AWS\":\"111122223333\"}", "{}", false)]
    [InlineData("\"Allow\"", "\"*\"", "{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"}}", false)]
    [InlineData("\"Allow\"", "\"*\"", "{\"IpAddress\":{\"aws:SourceIp\":[\"10.0.0.0/8\",\"0.0.0.0/1\"]}}", true)]
    [InlineData("\"Allow\"", "\"*\"", "{\"NotIpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"}}", true)]
    [InlineData("\"Allow\"", "\"*\"", "{\"IpAddressIfExists\":{\"aws:SourceIp\":\"10.0.0.0/8\"}}", true)]
    [InlineData("\"Allow\"", "\"*\"", "{\"ForAllValues:StringEquals\":{\"aws:PrincipalArn\":\"arn:aws:iam::111122223333:user/ann\"}}", true)]
    [InlineData("\"Allow\"", "\"*\"", "{\"StringEquals\":{\"aws:SourceVpc\":\"vpc-91237329\"}}", false)]
    [InlineData("\"Allow\"", "\"*\"", "{\"StringLike\":{\"aws:SourceVpc\":\"vpc-*\"}}", true)]
    [InlineData("\"Allow\"", "\"*\"", "{\"StringLike\":{\"aws:Referer\":\"http://example.com/*\"}}", true)]
    [InlineData("\"Allow\"", "\"*\"", "{\"ArnLike\":{\"aws:PrincipalArn\":\"arn:aws:iam::111122223333:user/ann\"}}", false)]
    [InlineData("\"Allow\"", "\"*\"", "{\"Bool\":{\"aws:SecureTransport\":true}}", true)]
    public void A_policy_is_public_where_anybody_can_be_meant(string effect, string principal, string condition, bool isPublic)
    {
        var policy = PolicyCase.Bucket(
            $$"""{"Statement":[{"Effect":{{effect}},"Principal":{{principal}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{{condition}}}]}""");
        Assert.Equal(isPublic, PublicPolicy.IsPublic(policy));
    }
}
