using System.Text.Json.Serialization;

namespace S3Cassandra.S3Server.Hosting;

[JsonSerializable(typeof(AccountFacts))]
internal sealed partial class AccountFactsJson : JsonSerializerContext;
