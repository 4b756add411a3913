using System.Text;
using BenchmarkDotNet.Attributes;
using S3Cassandra.Auth.Credentials;
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
        _text = Encoding.UTF8.GetBytes(PolicyTexts.Document(9, false));
        _policies = new PrincipalPolicies { Identity = [.. Enumerable.Range(0, 10).Select(number => Parse(Encoding.UTF8.GetBytes(PolicyTexts.Document(number, false))))] };
        _bucket = PolicyParser.ParseBucketPolicy(Encoding.UTF8.GetBytes(PolicyTexts.Document(0, true)), "bucket").Policy!;
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
}
