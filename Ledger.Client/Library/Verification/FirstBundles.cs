using Ledger.Contracts.Protos;

namespace Ledger.Client.Verification;

/// <summary>
/// Bundles of version 1, which had one verb and did not say where in a range they begin and end. They are read as
/// bundles of version 2 about whole ranges; places of which they say nothing are doubted, as they always were.
/// </summary>
internal static class FirstBundles
{
    public const uint Version = 1;

    public static RecordBundle Read(RecordBundle first, VerificationReport report)
    {
        RecordBundle bundle = first.Clone();
        VerbRecords verb = new() { Verb = first.SingleVerb };
        foreach (WriterRecords writer in first.SingleVerbWriters.Where(static writer => writer.Range is not null))
        {
            WriterRecords whole = writer.Clone();
            whole.NextIndex = writer.Range.Count;
            ulong named = (ulong)(writer.Records.Count + writer.Mismatches.Count + writer.Unavailable.Count);
            ulong said = unchecked(named + writer.Withheld);
            if (said >= named && said < writer.Range.Count)
            {
                whole.Withheld += writer.Range.Count - said;
                report.Doubt(
                    StepNames.Completeness,
                    FormattableString.Invariant($"{writer.Range.Count - said} records are not accounted for."));
            }

            verb.Writers.Add(whole);
        }

        bundle.SingleVerb = string.Empty;
        bundle.SingleVerbWriters.Clear();
        bundle.Verbs.Clear();
        bundle.Verbs.Add(verb);
        return bundle;
    }
}
