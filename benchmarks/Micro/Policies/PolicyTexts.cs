namespace S3Cassandra.Micro.Policies;

/// <summary>Policies of 2 KiB for the user ann and for a bucket.</summary>
internal static class PolicyTexts
{
    /// <summary>Seven statements; only the last of the last policy allows the request.</summary>
    public static string Document(int number, bool ofBucket)
    {
        var principal = ofBucket ? "\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:user/other\"}," : "";
        var deny = ofBucket ? "\"Principal\":\"*\"," : "";
        var name = ofBucket ? "bucket" : $"project-{number}-data";
        var statements = Enumerable.Range(0, 6).Select(index =>
            $$$$"""
            {"Sid":"Project{{{{number}}}}Part{{{{index}}}}","Effect":"Allow",{{{{principal}}}}"Action":["s3:GetObject","s3:GetObjectVersion","s3:PutObject*"],
            "Resource":["arn:aws:s3:::{{{{name}}}}/part-{{{{index}}}}/*","arn:aws:s3:::{{{{name}}}}/shared/${aws:username}/*"],
            "Condition":{"StringLike":{"aws:UserAgent":["aws-sdk-*"]},"IpAddress":{"aws:SourceIp":"10.{{{{index}}}}.0.0/16"}}},
            """);
        var last = number == 9
            ? """{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::bucket/home/${aws:username}/*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}"""
            : $$$$"""{"Effect":"Deny",{{{{deny}}}}"Action":"s3:*","Resource":"arn:aws:s3:::bucket/*","Condition":{"NotIpAddress":{"aws:SourceIp":["10.0.0.0/8"]}}}""";
        return $$"""{"Version":"2012-10-17","Statement":[{{string.Concat(statements)}}{{last}}]}""";
    }
}
