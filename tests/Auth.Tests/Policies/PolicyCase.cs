using System.Text;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Language;

namespace S3Cassandra.Auth.Tests.Policies;

/// <summary>Policies and identities as the tests write them.</summary>
internal static class PolicyCase
{
    public const string Own = "111122223333";
    public const string Other = "444455556666";

    public static Identity Root { get; } = Identity.Root(Own, new string('a', 64));

    public static Identity Foreigner { get; } = Identity.Root(Other, new string('b', 64));

    public static Identity User { get; } = Identity.Principal($"arn:aws:iam::{Own}:user/ann", Own, new string('a', 64));

    public static Identity ForeignUser { get; } = Identity.Principal($"arn:aws:iam::{Other}:user/eve", Other, new string('b', 64));

    public static Identity Session { get; } =
        Identity.Principal($"arn:aws:sts::{Own}:assumed-role/ops/s1", Own, new string('a', 64)) with { IssuerArn = $"arn:aws:iam::{Own}:role/ops" };

    public static Policy Bucket(string json, string bucket = "b") => Parsed(PolicyParser.ParseBucketPolicy(Utf8(json), bucket));

    public static Policy Attached(string json, PolicyKind kind = PolicyKind.Identity) => Parsed(PolicyParser.Parse(Utf8(json), kind));

    /// <summary>A policy of one statement.</summary>
    public static Policy Allow(string action, string resource, string condition = "{}", string effect = "Allow") => Attached(
        $$$"""{"Version":"2012-10-17","Statement":{"Effect":"{{{effect}}}","Action":"{{{action}}}","Resource":"{{{resource}}}","Condition":{{{condition}}}}}""");

    public static PolicyDecision Decide(
        Identity identity, string action, string resource, Policy? bucket, PrincipalPolicies? policies = null, params (string Key, string Value)[] facts) =>
        PolicyEvaluator.Decide(new PolicyRequest(identity, action, resource, Own, new FactList(facts)), policies ?? PrincipalPolicies.None, bucket);

    /// <summary>Whether one condition holds.</summary>
    public static bool Holds(string condition, params (string Key, string Value)[] facts)
    {
        var request = new PolicyRequest(User, "s3:GetObject", "arn:aws:s3:::b/k", Own, new FactList(facts));
        return PolicyEvaluator.Decide(request, new PrincipalPolicies { Identity = [Allow("*", "*", condition)] }, null).IsAllowed;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static Policy Parsed(PolicyParse parse)
    {
        Assert.Null(parse.Failure);
        return parse.Policy!;
    }
}
