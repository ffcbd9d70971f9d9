using System.Globalization;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>
/// That a box says of every place of a range what became of it: returned, withheld, erased, superseded, unavailable or
/// mismatched make the count that the ledger proves.
/// </summary>
internal static class RecordsCount
{
    public static void Run(WriterRecords writer, string name, VerificationReport report)
    {
        CheckMismatches(writer, name, report);
        if (!AreErased(writer))
        {
            report.Fail(StepNames.Inclusion, $"An erased record of writer {name} has no tombstone in the ledger.");
            return;
        }

        ulong[] named = [.. writer.Records.Select(static record => record.Leaf?.Index ?? ulong.MaxValue)
            .Concat(writer.Mismatches.Select(static mismatch => mismatch.Index))
            .Concat(writer.Erased.Select(static erased => erased.Proof.Index))
            .Concat(writer.Superseded.Select(static one => one.Earlier?.Leaf?.Index ?? ulong.MaxValue))
            .Concat(writer.Unavailable)];
        bool isSpan = writer.FromIndex <= writer.NextIndex && writer.NextIndex <= writer.Range.Count;
        bool isOnce = named.Distinct().Count() == named.Length
            && named.All(index => index >= writer.FromIndex && index < writer.NextIndex);
        ulong places = isSpan ? writer.NextIndex - writer.FromIndex : 0;
        if (!isSpan || !isOnce || (ulong)named.Length > places || writer.Withheld != places - (ulong)named.Length)
        {
            report.Fail(
                StepNames.Completeness,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Of the places {writer.FromIndex} to {writer.NextIndex} of writer {name} some are left out, or "
                        + $"stand twice: {named.Length} are named and {writer.Withheld} withheld."));
            return;
        }

        Sum(writer, name, report);
    }

    private static void Sum(WriterRecords writer, string name, VerificationReport report)
    {
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"Writer {name}: {writer.Range.Count} records; {writer.Records.Count} returned, {writer.Withheld} "
                + $"withheld by the box, {writer.Erased.Count} erased, {writer.Unavailable.Count} unavailable, "
                + $"{writer.Mismatches.Count} mismatched, {writer.Superseded.Count} superseded.");
        bool isWhole = writer.FromIndex == 0 && writer.NextIndex == writer.Range.Count;
        if (isWhole && (ulong)writer.Erased.Count != writer.Range.Erased)
        {
            report.Fail(
                StepNames.Completeness,
                figures + FormattableString.Invariant($" The ledger counts {writer.Range.Erased} erased."));
        }
        else if (writer.Unavailable.Count > 0)
        {
            report.Doubt(StepNames.Completeness, figures);
        }
        else
        {
            ulong after = writer.Range.Count - writer.NextIndex;
            string silence = isWhole ? string.Empty : string.Create(
                CultureInfo.InvariantCulture,
                $" Of the {writer.FromIndex} before and the {after} after these it says nothing.");
            report.Pass(StepNames.Completeness, figures + silence);
        }
    }

    private static void CheckMismatches(WriterRecords writer, string name, VerificationReport report)
    {
        foreach (Mismatch mismatch in writer.Mismatches)
        {
            report.Fail(
                StepNames.Content,
                FormattableString.Invariant($"Record {mismatch.Index} of writer {name}: MISMATCH in the store: ")
                    + $"{Convert.ToHexStringLower(mismatch.Committed.Span)} is committed, "
                    + $"{Convert.ToHexStringLower(mismatch.Computed.Span)} is computed.");
        }
    }

    // What is erased must be proved: by the tombstone that stands in its place.
    private static bool AreErased(WriterRecords writer) => writer.Erased.All(erased =>
        erased.Proof is not null
        && RecordRanges.Verify(
            writer.Range,
            RangeLeaf.OfTombstone(erased.Proof.Index, erased.RecordHeight, erased.ErasedHeight),
            erased.Proof));
}
