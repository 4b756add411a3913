using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace S3Cassandra.Auth.Tests.Policies;

/// <summary>
/// The evaluation logic a second time, from AWS's pages and without regard to speed: over the JSON itself, with regular expressions. It
/// shares no code with the engine; where the two differ, one of them is wrong.
/// </summary>
internal sealed class NaiveEvaluator(string principalArn, string? issuerArn, string account, string canonicalId, IReadOnlyDictionary<string, string[]> facts)
{
    private readonly Dictionary<string, string[]> _facts = new(facts, StringComparer.OrdinalIgnoreCase);

    private bool IsAnonymous => account == "";

    private bool IsRoot => principalArn == $"arn:aws:iam::{account}:root";

    /// <summary>"Allowed", "ExplicitDeny" or "ImplicitDeny".</summary>
    public string Decide(NaiveQuestion question)
    {
        var mine = question.Identity.Concat(question.Session ?? []).ToList();
        if (question.Boundary is not null)
        {
            mine.Add(question.Boundary);
        }

        var rootsWay = IsRoot && (question.Owner ?? account) == account && question.Action is "s3:GetBucketPolicy" or "s3:PutBucketPolicy" or "s3:DeleteBucketPolicy";
        var bucket = question.Bucket is null || rootsWay ? [] : Applying(question.Bucket, question).Where(s => WhoIs(s) != "").ToList();
        if (mine.SelectMany(policy => Applying(policy, question)).Concat(bucket).Any(s => (string)s["Effect"]! == "Deny"))
        {
            return "ExplicitDeny";
        }

        bool Allows(JsonNode policy) => Applying(policy, question).Any(s => (string)s["Effect"]! == "Allow");
        var byName = bucket.Any(s => WhoIs(s) == "direct");
        var atAll = bucket.Count > 0;
        var byIdentity = IsRoot || question.Identity.Any(Allows);
        var within = (question.Boundary is null || Allows(question.Boundary)) && (question.Session is null || question.Session.Any(Allows));
        var allowed = IsAnonymous ? byName : within && (question.Owner is null || question.Owner == account ? byIdentity || byName : byIdentity && atAll);
        return allowed ? "Allowed" : "ImplicitDeny";
    }

    private List<JsonNode> Applying(JsonNode policy, NaiveQuestion question)
    {
        var variables = (string?)policy["Version"] == "2012-10-17";
        return [.. Many(policy["Statement"]).Where(s => Applies(s, question, variables))];
    }

    private bool Applies(JsonNode statement, NaiveQuestion question, bool variables)
    {
        var deny = (string)statement["Effect"]! == "Deny";
        var action = statement["Action"] is { } actions
            ? Many(actions).Any(a => Glob((string)a!, question.Action, true, false) == true)
            : !Many(statement["NotAction"]).Any(a => Glob((string)a!, question.Action, true, false) == true);
        if (!action)
        {
            return false;
        }

        var resource = statement["Resource"] is { } resources
            ? Many(resources).Any(r => Glob((string)r!, question.Resource, false, variables) == true)
            : Many(statement["NotResource"]).Select(r => Glob((string)r!, question.Resource, false, variables)).ToList() is var found
                && !found.Contains(true) && (deny || !found.Contains(null));
        return resource && (statement["Condition"]?.AsObject() ?? []).All(
            block => block.Value!.AsObject().All(line => Holds(block.Key, line.Key, [.. Many(line.Value).Select(v => v!.ToString())], deny, variables)));
    }

    /// <summary>How a statement of a bucket policy means the asker: "direct", "account" or "" for not at all.</summary>
    private string WhoIs(JsonNode statement)
    {
        var isNot = statement["NotPrincipal"] is not null;
        var node = statement["Principal"] ?? statement["NotPrincipal"]!;
        var names = node is JsonValue ? ["*"] : node.AsObject().SelectMany(pair => Many(pair.Value)).Select(v => (string)v!).ToList();
        var root = $"arn:aws:iam::{account}:root";
        var direct = names.Any(n => n == "*" || (!IsAnonymous && (n == principalArn || n == issuerArn)))
            || (IsRoot && names.Any(n => n == account || n == root || n == canonicalId));
        var byAccount = !IsAnonymous && names.Any(n => n == account || n == root || n == canonicalId);
        return isNot ? (direct ? "" : "direct") : direct ? "direct" : byAccount ? "account" : "";
    }

    private bool Holds(string @operator, string key, List<string> expected, bool deny, bool variables)
    {
        var quantifier = @operator.Contains(':') ? @operator[..@operator.IndexOf(':')] : "";
        var name = @operator[(@operator.IndexOf(':') + 1)..];
        var ifExists = name.EndsWith("IfExists");
        name = ifExists ? name[..^8] : name;
        var present = _facts.TryGetValue(key, out var values) && values.Length > 0;
        if (name == "Null")
        {
            return expected.Any(e => bool.Parse(e) == !present);
        }

        var negated = name.Contains("Not");
        if (!present)
        {
            return ifExists || quantifier == "ForAllValues" || (negated && quantifier == "");
        }

        var positive = name.Replace("Not", "");
        bool One(string actual)
        {
            var matches = expected.Select(e => Compare(positive, e, actual, variables)).ToList();
            return negated ? !matches.Contains(true) && (deny || !matches.Contains(null)) : matches.Contains(true);
        }

        return quantifier == "ForAllValues" || (quantifier == "" && negated) ? values!.All(One) : values!.Any(One);
    }

    private bool? Compare(string comparison, string expected, string actual, bool variables) => comparison switch
    {
        "StringEquals" => Literal(expected, actual, false, variables),
        "StringEqualsIgnoreCase" => Literal(expected, actual, true, variables),
        "StringLike" => Glob(expected, actual, false, variables),
        "BinaryEquals" => expected == actual,
        "Bool" => bool.TryParse(actual, out var flag) && flag == bool.Parse(expected),
        "IpAddress" => IPAddress.TryParse(actual, out var address)
            && (expected.Contains('/') ? IPNetwork.Parse(expected).Contains(address) : IPAddress.Parse(expected).Equals(address)),
        "ArnEquals" or "ArnLike" => Arn(expected, actual, variables),
        _ when comparison.StartsWith("Numeric") => double.TryParse(actual, CultureInfo.InvariantCulture, out var number)
            && Order(comparison[7..], number.CompareTo(double.Parse(expected, CultureInfo.InvariantCulture))),
        _ => DateTime.TryParse(actual, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var date)
            && Order(comparison[4..], date.CompareTo(DateTime.Parse(expected, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal))),
    };

    private static bool Order(string order, int sign) => order switch
    {
        "Equals" => sign == 0,
        "LessThan" => sign < 0,
        "LessThanEquals" => sign <= 0,
        "GreaterThan" => sign > 0,
        _ => sign >= 0,
    };

    private bool? Arn(string expected, string actual, bool variables)
    {
        var wanted = expected == "*" ? ["*", "*", "*", "*", "*", "*"] : Regex.Split(expected, @":(?![^{}]*\})").ToList();
        var parts = actual.Split(':').ToList();
        if (parts.Count < 6)
        {
            return false;
        }

        List<string> Six(List<string> all) => [.. all.Take(5), string.Join(':', all.Skip(5))];
        var matches = Six(wanted).Zip(Six(parts), (w, p) => Glob(w, p, false, variables)).ToList();
        return matches.Contains(false) ? false : matches.Contains(null) ? null : true;
    }

    private bool? Literal(string expected, string actual, bool ignoreCase, bool variables) =>
        Match(expected, actual, ignoreCase, variables, Regex.Escape);

    private bool? Glob(string expected, string actual, bool ignoreCase, bool variables) =>
        Match(expected, actual, ignoreCase, variables, text => Regex.Escape(text).Replace("\\*", ".*").Replace("\\?", "."));

    private bool? Match(string expected, string actual, bool ignoreCase, bool variables, Func<string, string> escape)
    {
        var resolved = true;
        var pattern = string.Concat((variables ? Regex.Split(expected, @"(\$\{[^}]*\})") : [expected]).Select(piece =>
        {
            if (!variables || !piece.StartsWith("${"))
            {
                return escape(piece);
            }

            var inner = piece[2..^1];
            if (inner is "*" or "?" or "$")
            {
                return Regex.Escape(inner);
            }

            var pieces = inner.Split(',', 2);
            if (_facts.TryGetValue(pieces[0].Trim(), out var values) && values.Length > 0)
            {
                resolved &= values.Length == 1;
                return Regex.Escape(values[0]);
            }

            resolved &= pieces.Length == 2;
            return Regex.Escape(pieces[^1].Trim().Trim('\''));
        }));
        return !resolved ? null : Regex.IsMatch(
            actual, $@"\A(?:{pattern})\z", RegexOptions.Singleline | RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : 0));
    }

    private static IEnumerable<JsonNode> Many(JsonNode? node) => node is JsonArray array ? array.Select(item => item!) : [node!];
}
