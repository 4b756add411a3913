using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace S3Cassandra.Storage.Identities;

/// <summary>The records' form in the catalog.</summary>
[JsonSerializable(typeof(AccountRecord))]
[JsonSerializable(typeof(GroupRecord))]
[JsonSerializable(typeof(KeyRecord))]
[JsonSerializable(typeof(KeyUseRecord))]
[JsonSerializable(typeof(ManagedPolicyRecord))]
[JsonSerializable(typeof(OidcProviderRecord))]
[JsonSerializable(typeof(RoleRecord))]
[JsonSerializable(typeof(SessionKeyRing))]
[JsonSerializable(typeof(UserRecord))]
internal sealed partial class IdentityJson : JsonSerializerContext
{
    /// <summary>Policies are JSON within JSON: with quotes as \" five versions of the largest stay below a value's limit, as \u0022 they would not.</summary>
    public static IdentityJson Records { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
