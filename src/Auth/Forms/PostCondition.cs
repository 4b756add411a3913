namespace S3Cassandra.Auth.Forms;

/// <summary>One condition of a POST policy.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Field">The field it is about, without <c>$</c>; empty where it is about none.</param>
/// <param name="Value">What the field is compared with.</param>
/// <param name="Range">The lengths that a range allows.</param>
/// <param name="Text">The condition as the policy has it, to be shown where it fails.</param>
public sealed record PostCondition(PostConditionKind Kind, string Field, string Value, FileLengthRange Range, string Text)
{
    /// <summary>Whether a field's value meets it; a range is met by the file, once that is known.</summary>
    public bool IsMetBy(string? value) => Kind switch
    {
        PostConditionKind.Equal => string.Equals(value, Value, StringComparison.Ordinal),
        PostConditionKind.StartsWith => value is not null && StartsWith(value),
        PostConditionKind.ContentLengthRange => true,
        _ => false,
    };

    /// <summary>Of a list of content types each has to fit.</summary>
    private bool StartsWith(string value)
    {
        if (!Field.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
        {
            return value.StartsWith(Value, StringComparison.Ordinal);
        }

        foreach (var part in value.Split(','))
        {
            if (!part.Trim().StartsWith(Value, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
