using System.Globalization;
using Ledger.Client.Disclosures;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Commands;

/// <summary>What a verified disclosure shows, as an answer.</summary>
internal static class DisclosureAnswer
{
    public static Answer Describe(Answer answer, DisclosureBody body) => answer
        .Field("learner", Parties.Show(body.Learner))
        .Field("words", body.Words)
        .Field("signed", Times.Show(body.SignedUnixMs))
        .Field("until", Times.Show(body.EndsUnixMs))
        .Field("node", body.Node.Length == 0 ? null : body.Node)
        .Table(
            "counts",
            ["verb", "writer", "records on the ledger", "erased", "shown in part", "activities shown"],
            body.Ranges.Select(static range => new object?[]
            {
                range.Verb, Parties.Show(range.Writer), range.Range.Count, range.Range.Erased, range.Records.Count,
                    ShownMembers.ActivitiesOf(range),
            }))
        .Table(
            "shown",
            ["verb", "writer", "member", "value", "records", "of", "places"],
            ShownMembers.Of(body).Select(static one => new object?[]
            {
                one.Verb, one.Writer.ToString(), one.Pointer, one.Value ?? "(absent)", one.Indexes.Count, one.Counted,
                    Places(one.Indexes),
            }))
        .Table(
            "records",
            ["verb", "writer", "place", "height", "type", "self-reported"],
            body.Ranges.SelectMany(static range => range.Records.Select(record => new object?[]
            {
                range.Verb, Parties.Show(range.Writer), record.Leaf.Index, record.Leaf.Height, record.Type,
                    record.Leaf.SelfReported,
            })));

    private static string Places(IReadOnlyList<ulong> indexes) => string.Join(
        ' ', indexes.Select(static index => index.ToString(CultureInfo.InvariantCulture)));
}
