using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Whether a signed request may cost memory and a round among validators: rule B-4 of <c>docs/secure-box.md</c>.
/// </summary>
internal static class RequestEntry
{
    /// <summary>Takes a request of somebody whom the head knows by that key, once; else why not.</summary>
    public static BoxRefusal? RefusalOf(
        LedgerHead head, BoxRequestMemory memory, Address caller, ByteString key, ByteString random, long timeUnixMs) =>
        head.State.CurrentKey(caller) != new PublicKeyBytes(key.Span)
            ? BoxRefusals.UnknownReader
            : memory.Take(caller, random.Span, timeUnixMs) switch
            {
                RequestTaking.Taken => null,
                RequestTaking.NotNow or RequestTaking.Before => BoxRefusals.Replayed,
                RequestTaking.PerhapsBefore => BoxRefusals.JustStarted,
                RequestTaking.Full => BoxRefusals.Busy,
                _ => throw new InvariantException("every way in which a request is taken is named"),
            };
}
