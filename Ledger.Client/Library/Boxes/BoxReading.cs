using Ledger.Client.Corrections;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Boxes;

/// <summary>What a box answered, and what the verification of it found.</summary>
/// <param name="Bundle">The records; they are worth what the report says.</param>
/// <param name="ProofFileBytes">The bundle as a proof file, for <c>verify</c>.</param>
/// <param name="Report">The verification.</param>
public sealed record BoxReading(RecordBundle Bundle, byte[] ProofFileBytes, VerificationReport Report)
{
    /// <summary>
    /// Earlier words: of each record that a later one corrects verb, writer, place, and the place of the last that
    /// corrects it. Among the records where they were asked for, and proved beside them otherwise.
    /// </summary>
    public IReadOnlyList<(string Verb, Address Writer, ulong Index, ulong By)> Superseded =>
    [
        .. Bundle.Verbs.SelectMany(static verb => verb.Writers.SelectMany(writer => Supersessions.Of(writer.Records)
            .Select(static one => (Index: one.Key, By: one.Value))
            .Concat(writer.Superseded.Select(static one => (one.Earlier.Leaf.Index, By: one.Correction.Leaf.Index)))
            .OrderBy(static one => one.Index)
            .Select(one => (verb.Verb, new Address(writer.Writer.Span), one.Index, one.By)))),
    ];

    /// <summary>
    /// From where the rest of a range can be asked for, at the verbs of which the box did not come to the end.
    /// </summary>
    public IReadOnlyList<(string Verb, ulong FromIndex)> Unfinished =>
    [
        .. Bundle.Verbs
            .Where(static verb => verb.Writers.Any(static writer => writer.NextIndex < writer.Range.Count))
            .Select(static verb => (verb.Verb, verb.Writers
                .Where(static writer => writer.NextIndex < writer.Range.Count)
                .Min(static writer => writer.NextIndex))),
    ];
}
