using Ledger.Workload;

namespace Ledger.Benchmarks.ColdStart;

/// <summary>A simulated newcomer of the first round, with the latent traits that its records were drawn from.</summary>
public sealed record ColdStartStudent(
    int Student,
    string School,
    int Ability,
    int Diligence,
    int Sociability,
    int Annotation,
    int ToolLean,
    double PacketSuccessShare,
    double PacketMeanScore,
    double LaterSuccessShare,
    bool IsAboveMedian)
{
    /// <summary>Of a student of a round.</summary>
    public static ColdStartStudent Of(ColdStartRound round, StudentYear one) => new(
        one.Student, Schools.OfStudent(one.Student).Key, one.Traits.Ability, one.Traits.Diligence,
        one.Traits.Sociability, one.Traits.Annotation, one.Traits.ToolLean, Rounded(one.Packet[1]),
        Rounded(one.Packet[3]), Rounded(one.LaterShare), round.IsAbove(one));

    private static double Rounded(double value) => Math.Round(value, Results.RunFigures.Decimals);
}
