using System.Diagnostics;

namespace S3Cassandra.Cql.Telemetry;

/// <summary>The activity source <c>S3Cassandra.Cql</c>: one activity per statement, with its text, never its values.</summary>
internal static class CqlActivities
{
    public const string SourceName = "S3Cassandra.Cql";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Null when nobody listens.</summary>
    public static Activity? Start(string name, string statement, string? keyspace)
    {
        if (!Source.HasListeners())
        {
            return null;
        }
        var activity = Source.StartActivity(name, ActivityKind.Client);
        activity?.SetTag("db.system.name", "cassandra");
        activity?.SetTag("db.namespace", keyspace);
        activity?.SetTag("db.query.text", statement);
        return activity;
    }

    public static void End(Activity activity, object? node, CqlException? failure)
    {
        activity.SetTag("server.address", node?.ToString());
        if (failure is not null)
        {
            activity.SetTag("error.type", failure is CqlServerException error ? error.Code.ToString() : failure.GetType().Name);
            activity.SetStatus(ActivityStatusCode.Error, failure.Message);
        }
        activity.Dispose();
    }
}
