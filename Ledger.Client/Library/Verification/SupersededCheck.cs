using Ledger.Client.Corrections;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Verification;

/// <summary>
/// That what a box leaves out as corrected is corrected: by a later record of the same writer, about the same learner
/// and verb, that names it.
/// </summary>
internal static class SupersededCheck
{
    public static void Run(WriterRecords writer, string name, VerificationReport report)
    {
        bool holds = true;
        foreach (SupersededRecord superseded in writer.Superseded)
        {
            if (SupersededProof.FaultOf(writer.Range, superseded) is { } fault)
            {
                holds = false;
                report.Fail(
                    StepNames.Content,
                    FormattableString.Invariant(
                        $"Record {superseded.Earlier?.Leaf?.Index ?? 0} of writer {name} is said to be corrected: ")
                        + fault);
            }
        }

        if (holds && writer.Superseded.Count > 0)
        {
            report.Pass(
                StepNames.Content,
                FormattableString.Invariant(
                    $"{writer.Superseded.Count} records of writer {name} are corrected by its own later records."));
        }
    }
}
