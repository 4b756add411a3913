using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Language;

namespace S3Cassandra.Micro.Policies;

/// <summary>A GET by a user with ten policies of 2 KiB each in a bucket with a policy: the decision, all statements looked at.</summary>
[MemoryDiagnoser]
public class PolicyEvaluationBenchmark
{
    private const string Account = "123456789012";

    private readonly Identity _identity = Identity.Principal($"arn:aws:iam::{Account}:user/ann", Account, new string('a', 64));
    private readonly UserFacts _facts = new();
    private PrincipalPolicies _policies = null!;
    private Policy _bucket = null!;
    private byte[] _text = null!;

    [GlobalSetup]
    public void Setup()
    {
        _text = Encoding.UTF8.GetBytes(Document(9, false));
        _policies = new PrincipalPolicies { Identity = [.. Enumerable.Range(0, 10).Select(number => Parse(Encoding.UTF8.GetBytes(Document(number, false))))] };
        _bucket = PolicyParser.ParseBucketPolicy(Encoding.UTF8.GetBytes(Document(0, true)), "bucket").Policy!;
        if (_text.Length < 2000 || !Decide())
        {
            throw new InvalidOperationException($"The benchmark's policies have {_text.Length} bytes and allow: {Decide()}.");
        }
    }

    [Benchmark(Baseline = true)]
    public bool Decide() => PolicyEvaluator.Decide(
        new PolicyRequest(_identity, "s3:GetObject", "arn:aws:s3:::bucket/home/ann/photos/2026/11/23/image-000017.jpeg", Account, _facts),
        _policies,
        _bucket).IsAllowed;

    [Benchmark]
    public Policy ParseOne() => Parse(_text);

    private static Policy Parse(byte[] text) => PolicyParser.Parse(text, PolicyKind.Identity).Policy!;

    /// <summary>Seven statements; only the last of the last policy allows the request.</summary>
    private static string Document(int number, bool ofBucket)
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

    private sealed class UserFacts : IConditionFacts
    {
        private readonly IPAddress _address = IPAddress.Parse("10.1.2.3");

        public ConditionValues Find(ConditionKey key) => key.Id switch
        {
            ConditionKeyId.UserName => ConditionValues.Of("ann"),
            ConditionKeyId.SourceIp => ConditionValues.Of(_address),
            ConditionKeyId.UserAgent => ConditionValues.Of("aws-sdk-js/3.700.0"),
            ConditionKeyId.SecureTransport => ConditionValues.Of(true),
            _ => default,
        };
    }
}
