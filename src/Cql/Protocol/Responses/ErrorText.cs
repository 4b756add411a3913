using System.Net;

namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>An error in words: who says it, what it says, how many replicas, and what to do where that is known.</summary>
internal static class ErrorText
{
    public static string Of(in ErrorResponse error, EndPoint? node)
    {
        var who = node is null ? "" : $"{node}: ";
        var counts = CountsOf(error);
        var advice = AdviceOn(error);
        var message = error.Message.TrimEnd();
        var end = message.EndsWith('.') || message.EndsWith('!') || message.EndsWith('?') ? "" : ".";
        return $"{who}{error.Code}: {message}{end}{(counts is null ? "" : $" {counts}")}{(advice is null ? "" : $" {advice}")}";
    }

    private static string? CountsOf(in ErrorResponse error) => error.Code switch
    {
        CqlErrorCode.Unavailable =>
            $"{error.Alive} of the {error.Required} replicas that {error.Consistency} needs are alive.",
        CqlErrorCode.WriteTimeout =>
            $"{error.Received} of the {error.Required} replicas that {error.Consistency} needs have answered ({WriteTypeName.Of(error.WriteType ?? WriteType.Unknown)}).",
        CqlErrorCode.ReadTimeout =>
            $"{error.Received} of the {error.Required} replicas that {error.Consistency} needs have answered, {(error.DataPresent == true ? "the data itself among them" : "without the data itself")}.",
        CqlErrorCode.CasWriteUnknown =>
            $"{error.Received} of the {error.Required} replicas that {error.Consistency} needs have accepted.",
        CqlErrorCode.ReadFailure or CqlErrorCode.WriteFailure =>
            $"{error.Received} of the {error.Required} replicas that {error.Consistency} needs have answered, {error.FailureCount} failed{ReasonsOf(error)}.",
        _ => null,
    };

    private static string ReasonsOf(in ErrorResponse error) =>
        error.Failures is null or [] ? "" : $" ({string.Join("; ", error.Failures)})";

    private static string? AdviceOn(in ErrorResponse error) => error.Code switch
    {
        CqlErrorCode.BadCredentials =>
            "Check the user name and the password that the client is configured with; roles are listed by LIST ROLES.",
        CqlErrorCode.Unauthorized => "Grant the client's role the permission that is named (GRANT … TO …).",
        CqlErrorCode.Unavailable =>
            "Look at nodetool status: nodes of this data centre are down, or the keyspace's replication names a data centre that does not exist.",
        CqlErrorCode.WriteTimeout when error.WriteType == WriteType.Cas =>
            "Whether the conditional write applied is not known; sending it again may apply it twice.",
        CqlErrorCode.CasWriteUnknown => "Whether the conditional write applied is not known; sending it again may apply it twice.",
        CqlErrorCode.WriteTimeout or CqlErrorCode.ReadTimeout =>
            "The replicas are too slow: look at their load, garbage collection and disks (nodetool tpstats, nodetool tablestats).",
        CqlErrorCode.ReadFailure when MetTombstones(error) =>
            "Delete less within one partition, or read it in smaller slices; tombstones go after gc_grace_seconds and a compaction.",
        CqlErrorCode.ReadFailure or CqlErrorCode.WriteFailure => "The replicas' logs (system.log) name the cause.",
        CqlErrorCode.Overloaded when error.Message.Contains("shutting down", StringComparison.OrdinalIgnoreCase) =>
            "The node is ending, or has stopped serving clients after a failure of its disk (full?): its log (system.log) names the cause.",
        CqlErrorCode.Overloaded => "The node sheds load: send fewer requests at once, or add nodes.",
        CqlErrorCode.IsBootstrapping => "The node is still joining; other nodes answer meanwhile.",
        CqlErrorCode.Unprepared => "The node has forgotten the statement; it has to be prepared there again.",
        CqlErrorCode.AlreadyExists => "CREATE … IF NOT EXISTS passes over what exists.",
        CqlErrorCode.Invalid => AdviceOnInvalid(error.Message),
        CqlErrorCode.ServerError => "A defect of the node or a full or failing disk: its log (system.log) names the cause.",
        CqlErrorCode.ProtocolError when error.Message.Contains("protocol version", StringComparison.OrdinalIgnoreCase) =>
            "The node does not speak this version of the protocol: connect with v4.",
        _ => null,
    };

    /// <summary>Guardrails, limits and unknown names all come under one code; Cassandra's words tell them apart.</summary>
    private static string? AdviceOnInvalid(string message)
    {
        if (message.Contains("guardrail", StringComparison.OrdinalIgnoreCase))
        {
            return "A guardrail of the cluster refuses it: raise its threshold in cassandra.yaml (or by nodetool), or send less at once.";
        }
        if (message.Contains("keyspace", StringComparison.OrdinalIgnoreCase)
            && (message.Contains("does not exist", StringComparison.OrdinalIgnoreCase)
                || message.Contains("doesn't exist", StringComparison.OrdinalIgnoreCase)))
        {
            return "Create the keyspace first, or correct its name (names without quotes are lower case).";
        }
        if (message.Contains("unconfigured table", StringComparison.OrdinalIgnoreCase)
            || message.Contains("does not exist", StringComparison.OrdinalIgnoreCase))
        {
            return "Create the table first, or correct its name; right after it was created, a node may not know it yet.";
        }
        if (message.Contains("Batch too large", StringComparison.OrdinalIgnoreCase))
        {
            return "Send fewer rows per batch, or only rows of one partition, or raise batch_size_fail_threshold.";
        }
        return message.Contains("too big", StringComparison.OrdinalIgnoreCase) || message.Contains("exceeds", StringComparison.OrdinalIgnoreCase)
            ? "The request is larger than the node takes: send less at once, or raise native_transport_max_frame_size."
            : null;
    }

    private static bool MetTombstones(in ErrorResponse error) =>
        error.Failures?.Any(failure => failure.Reason == ReplicaFailure.TooManyTombstones) == true
        || error.Message.Contains("tombstone", StringComparison.OrdinalIgnoreCase);
}
