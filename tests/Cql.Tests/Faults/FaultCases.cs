using S3Cassandra.Support.Faults;

namespace S3Cassandra.Cql.Tests.Faults;

/// <summary>Faults by name, so that they can stand in a test's name.</summary>
internal static class FaultCases
{
    public static CqlFault Of(string name) => name switch
    {
        "cut before" => CqlFault.CutBefore,
        "cut after the request" => CqlFault.CutAfterRequest,
        "cut instead of the answer" => CqlFault.CutInsteadOfAnswer,
        "close half" => CqlFault.CloseHalf,
        "no answer" => CqlFault.DropAnswer,
        "overloaded" => CqlFault.AnswerWith(CqlError.Overloaded()),
        "server error" => CqlFault.AnswerWith(CqlError.ServerError()),
        "overloaded, yet executed" => CqlFault.ReplaceAnswerWith(CqlError.Overloaded()),
        "bootstrapping" => CqlFault.AnswerWith(CqlError.Bootstrapping()),
        "unavailable" => CqlFault.AnswerWith(CqlError.Unavailable(2, 1)),
        "CAS timeout" => CqlFault.AnswerWith(CqlError.WriteTimeout("CAS", 0, 2)),
        "CAS timeout, yet executed" => CqlFault.ReplaceAnswerWith(CqlError.WriteTimeout("CAS", 0, 2)),
        "write timeout" => CqlFault.ReplaceAnswerWith(CqlError.WriteTimeout("SIMPLE", 1, 2)),
        "batch log timeout" => CqlFault.AnswerWith(CqlError.WriteTimeout("BATCH_LOG", 0, 1)),
        "read timeout without the data" => CqlFault.AnswerWith(CqlError.ReadTimeout(2, 2, dataPresent: false)),
        "read timeout" => CqlFault.AnswerWith(CqlError.ReadTimeout(1, 2, dataPresent: true)),
        _ => throw new ArgumentException(name),
    };
}
