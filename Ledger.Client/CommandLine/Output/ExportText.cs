using System.Globalization;
using Ledger.Client.Exports;
using Ledger.CommandLine.Hosting;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;

namespace Ledger.CommandLine.Output;

/// <summary>
/// What a learner's export holds, in words: of each part whether the ledger proves it, a school has signed it, or it is
/// missing.
/// </summary>
internal static class ExportText
{
    private const string TheLedger = "the ledger";
    private const string Proved = "proved by the ledger";
    private const string SignedWord = "the school's signed word";

    /// <summary>Adds it to an answer.</summary>
    public static void Describe(ExportFindings export, Answer answer)
    {
        answer
            .Field("learner", export.Learners.Count == 0 ? null : export.Learners[0].ToString())
            .Field("merged addresses", export.Learners.Count == 0 ? 0 : export.Learners.Count - 1)
            .Field("accounts", export.Accounts.Count == 0 ? null : string.Join(", ", export.Accounts))
            .Field("made by", export.Maker.ToString())
            .Field("made", Times.Show(export.MadeUnixMs))
            .Field("records", export.Ranges.Sum(static one => (long)one.Returned))
            .Field("erased records", export.Ranges.Sum(static one => (long)one.Erased))
            .Field("reads", export.ReadsCounted)
            .Field("reads shown", export.ReadsCounted is null ? null : export.ReadsShown)
            .Table("contents", ["what", "whose", "count", "how it is shown"], Rows(export));
        foreach (string sentence in Sentences(export))
        {
            answer.Note(sentence);
        }
    }

    private static IEnumerable<object?[]> Rows(ExportFindings export)
    {
        foreach ((StateKind kind, int count) in export.States)
        {
            yield return [Hyphenated.Of(kind.ToString()), TheLedger, count, Proved];
        }

        yield return ["receipts", TheLedger, export.Receipts, Proved];
        foreach (object?[] row in export.Ranges.SelectMany(Rows))
        {
            yield return row;
        }

        if (export.ReadsCounted is { } reads)
        {
            yield return ["reads counted", TheLedger, reads, Proved];
            yield return ["reads shown", "schools", export.ReadsShown, Proved];
        }

        foreach (object?[] row in export.Schools.SelectMany(Rows))
        {
            yield return row;
        }

        foreach (MissingSchool one in export.Missing)
        {
            string what = one.What == MissingWhat.Records ? "records" : "what it keeps";
            yield return [what, Parties.Show(one.Institution), null, $"missing: {one.Reason}"];
        }
    }

    private static IEnumerable<object?[]> Rows(ExportedRange range)
    {
        string what = $"records: {VerbTable.Standard.Format(range.Verb)}";
        string writer = range.Writer.ToString();
        yield return [what, writer, range.Returned, Proved];
        if (range.Erased > 0)
        {
            yield return [$"{what}, erased", writer, range.Erased, Proved];
        }

        if (range.Count > range.Returned + range.Erased)
        {
            yield return [$"{what}, not given", writer, range.Count - range.Returned - range.Erased, "missing"];
        }
    }

    private static IEnumerable<object?[]> Rows(ExportedSchool school)
    {
        foreach ((HeldItem.ContentOneofCase kind, int count) in school.Items)
        {
            // A read or a purpose is compared with a commitment that the ledger has; all else is a word.
            yield return [NameOf(kind), school.Institution.ToString(), count, SignedWord];
        }

        foreach ((string state, int count) in school.Records)
        {
            yield return [$"records in its store: {state}", school.Institution.ToString(), count, SignedWord];
        }
    }

    private static IEnumerable<string> Sentences(ExportFindings export)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"The ledger proves {export.Ranges.Sum(static one => (long)one.Returned)} records, whose content is as it "
                + $"was when they were anchored, and {export.States.Values.Sum()} facts about who may act and read.");
        if (export.ReadsCounted is { } reads)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Others have read {reads} times; what {export.ReadsShown} of these reads were, is in the file.");
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{export.Schools.Count} schools say under their signature what else they keep. That they keep no more is "
                + $"their word.");
        if (export.Missing.Count > 0)
        {
            yield return "Some did not answer: make the file again with --resume once they can be reached.";
        }
    }

    private static string NameOf(HeldItem.ContentOneofCase kind) => kind switch
    {
        HeldItem.ContentOneofCase.Account => "accounts",
        HeldItem.ContentOneofCase.Name => "names",
        HeldItem.ContentOneofCase.Document => "documents",
        HeldItem.ContentOneofCase.Record => "records in its store",
        HeldItem.ContentOneofCase.Attachment => "pieces of attachments",
        HeldItem.ContentOneofCase.Class => "places in classes",
        HeldItem.ContentOneofCase.Claim => "claims that wait",
        HeldItem.ContentOneofCase.Notices => "where it tells of requests",
        HeldItem.ContentOneofCase.EarlierUnixMs => "wishes for earlier records",
        HeldItem.ContentOneofCase.Erasure => "orders to erase",
        HeldItem.ContentOneofCase.Copies => "copies of others' records",
        HeldItem.ContentOneofCase.Read => "reads that it shows",
        HeldItem.ContentOneofCase.Purpose => "purposes of requests",
        HeldItem.ContentOneofCase.Disclosure => "disclosures",
        HeldItem.ContentOneofCase.Limits => "limits of grants",
        HeldItem.ContentOneofCase.None => "nothing",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
