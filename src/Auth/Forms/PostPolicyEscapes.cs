namespace S3Cassandra.Auth.Forms;

/// <summary>
/// The two escapes that POST policies have beyond JSON's: <c>\$</c>, a dollar sign that begins no variable, and <c>\v</c>, a vertical tab.
/// They are written as JSON has them.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html#sigv4-HTTPPOSTEscaping"/>
internal static class PostPolicyEscapes
{
    public static byte[] ToJson(ReadOnlySpan<byte> policy)
    {
        var json = new List<byte>(policy.Length + 16);
        for (var index = 0; index < policy.Length; index++)
        {
            if (policy[index] != '\\' || index + 1 == policy.Length)
            {
                json.Add(policy[index]);
                continue;
            }

            index++;
            switch (policy[index])
            {
                case (byte)'$':
                    json.AddRange("\\u0024"u8);
                    break;
                case (byte)'v':
                    json.AddRange("\\u000b"u8);
                    break;
                default:
                    json.AddRange([(byte)'\\', policy[index]]);
                    break;
            }
        }

        return [.. json];
    }
}
