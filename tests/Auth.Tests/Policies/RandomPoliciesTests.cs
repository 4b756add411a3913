using System.Text;
using System.Text.Json.Nodes;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Language;

namespace S3Cassandra.Auth.Tests.Policies;

public sealed class RandomPoliciesTests
{
    private const int Count = 20_000;

    private static readonly string Canonical = new('a', 64);

    private static readonly Identity[] Identities =
    [
        Identity.Anonymous,
        Identity.Root(RandomPolicies.Own, Canonical),
        Identity.Principal($"arn:aws:iam::{RandomPolicies.Own}:user/ann", RandomPolicies.Own, Canonical),
        Identity.Principal($"arn:aws:iam::{RandomPolicies.Own}:user/bob", RandomPolicies.Own, Canonical),
        Identity.Principal($"arn:aws:sts::{RandomPolicies.Own}:assumed-role/ops/s1", RandomPolicies.Own, Canonical)
            with { IssuerArn = $"arn:aws:iam::{RandomPolicies.Own}:role/ops" },
    ];

    [Fact]
    public void The_engine_and_the_naive_evaluator_agree()
    {
        var tally = new Dictionary<string, int>();
        for (var seed = 0; seed < Count; seed++)
        {
            var words = new RandomPolicies(new Random(seed));
            var identity = words.Pick(Identities);
            var facts = words.Facts();
            var question = new NaiveQuestion(words.Action(), words.Resource(), words.Pick([RandomPolicies.Own, RandomPolicies.Own, RandomPolicies.Other, null]))
            {
                Identity = identity.IsAnonymous || identity.IsRoot ? [] : [.. Enumerable.Range(0, words.Pick([0, 1, 2])).Select(_ => words.Policy(false))],
                Session = identity.IssuerArn is not null && words.Chance(2) ? [words.Policy(false)] : null,
                Boundary = identity.IsAnonymous || identity.IsRoot || !words.Chance(3) ? null : words.Policy(false),
                Bucket = words.Chance(4) ? null : words.Policy(true),
            };
            var naive = new NaiveEvaluator(identity.PrincipalArn, identity.IssuerArn, identity.AccountId, identity.CanonicalId, facts).Decide(question);
            var engine = Engine(identity, question, facts, seed).Reason.ToString();
            Assert.True(naive == engine, $"seed {seed}: naive {naive}, engine {engine}: {identity} {question.Action} {question.Resource} {question.Owner} bucket {question.Bucket?.ToJsonString()} session {question.Session?[0].ToJsonString()} boundary {question.Boundary?.ToJsonString()} own {string.Join(' ', question.Identity.Select(p => p.ToJsonString()))} facts {string.Join(';', facts.Select(f => f.Key + "=" + string.Join(',', f.Value)))}");
            tally[naive] = tally.GetValueOrDefault(naive) + 1;
        }

        Assert.All((string[])["Allowed", "ExplicitDeny", "ImplicitDeny"], reason => Assert.True(tally[reason] > Count / 10, $"{reason}: {tally[reason]}"));
    }

    private static PolicyDecision Engine(Identity identity, NaiveQuestion question, Dictionary<string, string[]> facts, int seed)
    {
        var principal = new PrincipalPolicies
        {
            Identity = [.. question.Identity.Select(policy => Parse(policy, seed))],
            Session = question.Session?.Select(policy => Parse(policy, seed)).ToList(),
            Boundary = question.Boundary is { } boundary ? Parse(boundary, seed) : null,
        };
        Policy? bucket = null;
        if (question.Bucket is { } text)
        {
            var parse = PolicyParser.ParseBucketPolicy(Encoding.UTF8.GetBytes(text.ToJsonString()), "b");
            Assert.True(parse.Policy is not null, $"seed {seed}: {parse.Failure} {text.ToJsonString()}");
            bucket = parse.Policy;
        }

        return PolicyEvaluator.Decide(
            new PolicyRequest(identity, question.Action, question.Resource, question.Owner, new FactList(facts)), principal, bucket);
    }

    private static Policy Parse(JsonNode policy, int seed)
    {
        var parse = PolicyParser.Parse(Encoding.UTF8.GetBytes(policy.ToJsonString()), PolicyKind.Identity);
        Assert.True(parse.Policy is not null, $"seed {seed}: {parse.Failure} {policy.ToJsonString()}");
        return parse.Policy;
    }
}
