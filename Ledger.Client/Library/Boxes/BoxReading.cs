using Ledger.Client.Verification;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Boxes;

/// <summary>What a box answered, and what the verification of it found.</summary>
/// <param name="Bundle">The records; they are worth what the report says.</param>
/// <param name="ProofFileBytes">The bundle as a proof file, for <c>verify</c>.</param>
/// <param name="Report">The verification.</param>
public sealed record BoxReading(RecordBundle Bundle, byte[] ProofFileBytes, VerificationReport Report)
{
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
