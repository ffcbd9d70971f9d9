using System.Globalization;
using Ledger.Client.Protos;
using Ledger.Client.Verification;

namespace Ledger.Client.Disclosures;

/// <summary>
/// Whether the learner still shows what it has shown, as further steps of a verification. What ends or is withdrawn is
/// the showing: the records stand on the ledger as before, and whoever has the file can still prove them.
/// </summary>
public static class DisclosureValidity
{
    /// <summary>Judges the end by a clock. Without a verified disclosure it adds nothing.</summary>
    public static void JudgeEnd(VerificationReport report, DateTimeOffset now)
    {
        if (report.Disclosure is not { } body)
        {
            return;
        }

        string end = Show(body.EndsUnixMs);
        report.Check(
            now.ToUnixTimeMilliseconds() < body.EndsUnixMs,
            StepNames.Validity,
            $"The learner shows this until {end}. The showing ends then, and the records do not.",
            $"The learner showed this until {end}, which is over: ask for a new disclosure. The showing has ended, and "
                + "the records have not.");
    }

    /// <summary>
    /// Judges what the node that the disclosure names says of it now; null where the node could not be asked.
    /// </summary>
    public static void JudgeStanding(VerificationReport report, DisclosureStanding? standing)
    {
        if (report.Disclosure is null)
        {
            return;
        }

        switch (standing?.State)
        {
            case SharedState.Withdrawn:
                report.Fail(
                    StepNames.Validity,
                    $"The learner withdrew this at {Show(standing.SinceUnixMs)}, says the node that it names. The "
                        + "records stand on the ledger as before.");
                break;
            case SharedState.Unknown or SharedState.Shared or SharedState.Ended:
                report.Pass(StepNames.Validity, "The node that it names knows of no withdrawal by the learner.");
                break;
            case null or SharedState.Unspecified:
                report.Doubt(
                    StepNames.Validity,
                    "Whether the learner has withdrawn this could not be asked of the node that it names.");
                break;
            default:
                report.Doubt(StepNames.Validity, "The node that it names answers with a word that is not known.");
                break;
        }
    }

    private static string Show(long unixMs) => unixMs <= 0
        || unixMs > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? "a time that it does not say"
            : DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString(
                "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
