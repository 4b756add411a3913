using System.Text.Json.Nodes;

namespace S3Cassandra.Auth.Tests.Policies;

/// <summary>Policies and requests out of so few words that they meet often.</summary>
internal sealed class RandomPolicies(Random random)
{
    public const string Own = "111111111111";
    public const string Other = "222222222222";

    private static readonly string[] Actions = ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:GetObjectVersion", "s3:PutBucketPolicy", "s3:GetBucketPolicy"];
    private static readonly string[] ActionPatterns = ["s3:GetObject", "s3:Get*", "s3:*", "s3:*Object", "S3:getobject?ersion", "s3:*Bucket*", "s3:ListBucket", "s3:Put*"];
    private static readonly string[] Keys = ["", "/", "/a", "/a/b", "/home/ann/x", "/home/bob/x", "/home//x", "/a*b", "/a\nb", "/home/${aws:username}/x"];

    private static readonly string[] ResourcePatterns =
    [
        "arn:aws:s3:::b", "arn:aws:s3:::b/*", "arn:aws:s3:::b*", "arn:aws:s3:::b/a", "arn:aws:s3:::b/a?b", "arn:aws:s3:::b/*/b",
        "arn:aws:s3:::b/home/${aws:username}/*", "arn:aws:s3:::b/home/${aws:username, 'bob'}/*", "arn:aws:s3:::b/a${*}b", "arn:aws:s3:::?/*a*",
        "arn:aws:s3:::b/${aws:PrincipalTag/team}/*x", "arn:aws:s3:::b/home/${aws:PrincipalTag/team,''}/x",
    ];

    private static readonly (string Key, string[] Values)[] FactValues =
    [
        ("aws:username", ["ann", "bob", "*", "YW5u"]),
        ("aws:PrincipalTag/team", ["home", "a", ""]),
        ("aws:SourceIp", ["10.1.2.3", "192.0.2.1", "2001:db8::1"]),
        ("aws:SecureTransport", ["true", "false"]),
        ("aws:CurrentTime", ["2026-01-01T00:00:00Z", "2026-06-01T12:00:00Z"]),
        ("s3:max-keys", ["1", "10", "1000", "x"]),
        ("s3:prefix", ["", "home/", "home/ann/"]),
        ("aws:TagKeys", ["a", "b", "c"]),
        ("aws:PrincipalArn", ["arn:aws:iam::111111111111:user/ann", "arn:aws:iam::111111111111:role/ops"]),
        ("s3:RequestObjectTagKeys", ["a", "b", "ann"]),
    ];

    private static readonly (string Family, string[] Keys, string[] Values)[] Operators =
    [
        ("StringEquals", ["aws:username", "s3:prefix", "aws:TagKeys", "s3:RequestObjectTagKeys"], ["ann", "a", "home/${aws:username}/", "${aws:PrincipalTag/team}", "", "${*}"]),
        ("StringEqualsIgnoreCase", ["aws:username", "aws:TagKeys"], ["ANN", "B", "${aws:PrincipalTag/team}"]),
        ("StringLike", ["aws:username", "s3:prefix", "aws:TagKeys", "s3:RequestObjectTagKeys"], ["a*", "?", "home/*", "home/${aws:username}*", "*", "${aws:nobody}*"]),
        ("NumericEquals", ["s3:max-keys"], ["10", "1000"]),
        ("NumericLessThan", ["s3:max-keys"], ["10"]),
        ("NumericLessThanEquals", ["s3:max-keys"], ["10"]),
        ("NumericGreaterThan", ["s3:max-keys"], ["10"]),
        ("NumericGreaterThanEquals", ["s3:max-keys"], ["10"]),
        ("DateEquals", ["aws:CurrentTime"], ["2026-01-01T00:00:00Z"]),
        ("DateLessThan", ["aws:CurrentTime"], ["2026-06-01T12:00:00Z"]),
        ("DateLessThanEquals", ["aws:CurrentTime"], ["2026-06-01T12:00:00Z"]),
        ("DateGreaterThan", ["aws:CurrentTime"], ["2026-01-01T00:00:00Z"]),
        ("DateGreaterThanEquals", ["aws:CurrentTime"], ["2026-01-01T00:00:00Z"]),
        ("Bool", ["aws:SecureTransport"], ["true", "false"]),
        ("BinaryEquals", ["aws:username"], ["YW5u", "Ym9i"]),
        ("IpAddress", ["aws:SourceIp"], ["10.0.0.0/8", "192.0.2.1", "2001:db8::/32", "0.0.0.0/0"]),
        ("ArnEquals", ["aws:PrincipalArn"], ["arn:aws:iam::111111111111:user/${aws:username}", "arn:aws:iam::*:user/*", "*", "arn:*:iam::*:role/?ps"]),
        ("ArnLike", ["aws:PrincipalArn"], ["arn:aws:iam::111111111111:user/${aws:username}", "arn:*:*:*:*:*ann", "arn:aws:*:user/ann:*:x"]),
        ("Null", ["aws:username", "s3:prefix", "aws:TagKeys"], ["true", "false"]),
    ];

    private static readonly string[] Principals =
    [
        "*", Own, Other, $"arn:aws:iam::{Own}:root", $"arn:aws:iam::{Other}:root", $"arn:aws:iam::{Own}:user/ann", $"arn:aws:iam::{Own}:role/ops",
        $"arn:aws:sts::{Own}:assumed-role/ops/s1",
    ];

    public string Action() => Pick(Actions);

    public string Resource() => "arn:aws:s3:::b" + Pick(Keys);

    public bool Chance(int oneIn) => random.Next(oneIn) == 0;

    public T Pick<T>(T[] all) => all[random.Next(all.Length)];

    public Dictionary<string, string[]> Facts()
    {
        var facts = new Dictionary<string, string[]>();
        foreach (var (key, values) in FactValues)
        {
            if (!Chance(3))
            {
                var many = key is "aws:TagKeys" or "s3:RequestObjectTagKeys" || Chance(15);
                facts[key] = many ? [.. values.Where(_ => Chance(2))] : [Pick(values)];
            }
        }

        return facts;
    }

    public JsonObject Policy(bool ofBucket)
    {
        var policy = new JsonObject { ["Statement"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Statement(ofBucket))]) };
        if (!Chance(5))
        {
            policy["Version"] = Chance(4) ? "2008-10-17" : "2012-10-17";
        }

        return policy;
    }

    private JsonObject Statement(bool ofBucket)
    {
        var deny = Chance(4);
        var statement = new JsonObject { ["Effect"] = deny ? "Deny" : "Allow" };
        statement[Chance(8) ? "NotAction" : "Action"] = OneOrMany(Chance(3) ? ["s3:*"] : ActionPatterns);
        var isNotResource = Chance(8);
        statement[isNotResource ? "NotResource" : "Resource"] = OneOrMany(Chance(3) ? ["arn:aws:s3:::b*"] : ResourcePatterns);
        if (ofBucket)
        {
            statement[deny && Chance(3) ? "NotPrincipal" : "Principal"] = Chance(4) ? "*" : new JsonObject { ["AWS"] = OneOrMany(Principals) };
            if (!isNotResource && statement["Action"] is not null)
            {
                // S3 refuses an action that applies to none of the resources; one that applies to both is legal.
                statement["Resource"] = new JsonArray("arn:aws:s3:::b", "arn:aws:s3:::b/*");
                if (Chance(2))
                {
                    statement["Action"] = "s3:*Object*";
                    statement["Resource"] = OneOrMany([.. ResourcePatterns.Where(pattern => pattern.Contains('/'))]);
                }
            }
        }

        if (Chance(2))
        {
            statement["Condition"] = Condition();
            if (ofBucket && statement["Action"] is { } actions)
            {
                // S3 refuses a key that an action does not have, where the action is named in full.
                statement["Action"] = JsonNode.Parse(
                    actions.ToJsonString().Replace("s3:GetObject\"", "s3:GetObjec?\"").Replace("s3:ListBucket\"", "s3:ListBucke?\""));
            }
        }

        return statement;
    }

    private JsonObject Condition()
    {
        var condition = new JsonObject();
        for (var count = random.Next(1, 3); count > 0; count--)
        {
            var (family, keys, values) = Pick(Operators);
            var name = family;
            if (family != "Null")
            {
                name = Chance(3) && Negated(family) is { } negated ? negated : name;
                name += Chance(4) ? "IfExists" : "";
                name = (random.Next(6) switch { 0 => "ForAllValues:", 1 => "ForAnyValue:", _ => "" }) + name;
            }

            condition[name] = new JsonObject { [Pick(keys)] = OneOrMany(values) };
        }

        return condition;
    }

    private static string? Negated(string family) => family switch
    {
        "IpAddress" => "NotIpAddress",
        "StringEquals" or "StringLike" or "StringEqualsIgnoreCase" => "StringNot" + family[6..],
        "ArnEquals" or "ArnLike" => "ArnNot" + family[3..],
        "NumericEquals" => "NumericNotEquals",
        "DateEquals" => "DateNotEquals",
        _ => null,
    };

    private JsonNode OneOrMany(string[] all) =>
        Chance(2) ? JsonValue.Create(Pick(all))! : new JsonArray([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => (JsonNode)Pick(all)!)]);
}
