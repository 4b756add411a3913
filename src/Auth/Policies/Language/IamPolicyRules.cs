using System.Buffers;
using S3Cassandra.Auth.Policies.Principals;

namespace S3Cassandra.Auth.Policies.Language;

/// <summary>What IAM and STS ask of a statement, by the kind of its policy.</summary>
internal static class IamPolicyRules
{
    private static readonly SearchValues<char> VendorCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private const int ArnParts = 6;

    private static readonly string[] TrustActions =
    [
        "sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext",
    ];

    /// <exception cref="MalformedPolicyException">It breaks a rule.</exception>
    public static void Check(StatementDraft draft, PolicyKind kind)
    {
        if (kind == PolicyKind.Trust)
        {
            CheckTrust(draft);
            return;
        }

        if (draft.Principals is not null)
        {
            throw new MalformedPolicyException(PolicyFault.ProhibitedField, "Principal");
        }

        foreach (var action in draft.Actions ?? throw new MalformedPolicyException(PolicyFault.MissingField, "Action"))
        {
            CheckAction(action);
        }

        foreach (var resource in draft.Resources ?? throw new MalformedPolicyException(PolicyFault.MissingField, "Resource"))
        {
            CheckResource(resource);
        }
    }

    /// <exception cref="MalformedPolicyException">Sids are not alphanumeric or not unique.</exception>
    public static void CheckSids(List<StatementDraft> statements)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sid in statements.Select(statement => statement.Sid))
        {
            if (string.IsNullOrEmpty(sid))
            {
                continue;
            }

            if (!sid.All(char.IsAsciiLetterOrDigit))
            {
                throw new MalformedPolicyException(PolicyFault.InvalidSid);
            }

            if (!seen.Add(sid))
            {
                throw new MalformedPolicyException(PolicyFault.DuplicateSid);
            }
        }
    }

    private static void CheckTrust(StatementDraft draft)
    {
        if (draft.Resources is not null)
        {
            throw new MalformedPolicyException(PolicyFault.ProhibitedField, "Resource");
        }

        if (draft.Principals is null)
        {
            throw new MalformedPolicyException(PolicyFault.MissingField, "Principal");
        }

        var actions = draft.Actions ?? throw new MalformedPolicyException(PolicyFault.MissingField, "Action");
        if (draft.IsNotAction || !actions.All(action => TrustActions.Contains(action, StringComparer.OrdinalIgnoreCase)
            || string.Equals(action, "sts:*", StringComparison.OrdinalIgnoreCase)))
        {
            throw new MalformedPolicyException(PolicyFault.InvalidTrustAction);
        }

        if (draft.Principals.Any(principal => PrincipalEntry.Parse(principal.Type, principal.Value) is { Kind: PrincipalKind.CanonicalUser }))
        {
            throw new MalformedPolicyException(PolicyFault.InvalidPrincipal, "\"CanonicalUser\"");
        }
    }

    private static void CheckAction(string action)
    {
        if (action == "*")
        {
            return;
        }

        var colon = action.IndexOf(':');
        if (colon < 0 || colon == action.Length - 1)
        {
            throw new MalformedPolicyException(PolicyFault.InvalidAction);
        }

        if (colon == 0 || action.AsSpan(0, colon).ContainsAnyExcept(VendorCharacters))
        {
            throw new MalformedPolicyException(PolicyFault.InvalidVendor, action[..colon]);
        }

        foreach (var character in action.AsSpan(colon + 1))
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('*' or '?'))
            {
                throw new MalformedPolicyException(PolicyFault.Syntax);
            }
        }
    }

    private static void CheckResource(string resource)
    {
        if (resource == "*")
        {
            return;
        }

        var parts = resource.Split(':', ArnParts);
        if (parts.Length == 1)
        {
            throw new MalformedPolicyException(PolicyFault.InvalidResource, resource);
        }

        if (parts[0] != "arn")
        {
            // AWS reads it as an ARN whose first part is another and whose last are missing.
            var padded = string.Concat(Enumerable.Repeat(":*", ArnParts - parts.Length));
            throw new MalformedPolicyException(PolicyFault.InvalidPartition, $"arn:{string.Join(':', parts.Skip(1))}{padded}");
        }

        if (parts.Length < ArnParts)
        {
            throw new MalformedPolicyException(PolicyFault.LegacyParsing);
        }

        if (parts[1] is not ("aws" or "*"))
        {
            throw new MalformedPolicyException(PolicyFault.InvalidPartition, resource);
        }
    }
}
