using Ledger.Client.Disclosures;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>What names a disclosure.</summary>
/// <param name="Learner">Who shows it.</param>
/// <param name="Id">The hash that the learner signed.</param>
/// <param name="EndsUnixMs">Until when it is shown, in ms since 1970-01-01 UTC.</param>
internal sealed record DisclosureId(Address Learner, Hash256 Id, long EndsUnixMs)
{
    /// <summary>Of a file's bytes, which are not verified; the path is for the message.</summary>
    public static DisclosureId OfFile(byte[] bytes, string path, Hash256 chainId) =>
        CanonicalMessage.TryParse(ProofFile.Parser, bytes, out ProofFile? file)
            && file.Disclosure is { } disclosure
            && CanonicalMessage.TryParse(DisclosureBody.Parser, disclosure.Body.Span, out DisclosureBody? body)
            && Address.TryRead(body.Learner.Span, out Address learner)
                ? new DisclosureId(learner, DisclosureMessages.IdOf(chainId, disclosure.Body.Span), body.EndsUnixMs)
                : throw CommandException.WrongUse($"{path} is no disclosure.");
}
