using Google.Protobuf;
using Ledger.Contracts.Custody;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>The form of calls about who keeps records, and who read them. Rule P-3.</summary>
internal static class CustodyForm
{
    public static bool IsRight(TrailAppend call) =>
        IsAddress(call.Learner)
        && call.Commitments.Count is > 0 and <= TransactionLimits.TrailEntriesMax
        && call.Commitments.All(static commitment => commitment.Length == Hash256.Size);

    public static bool IsRight(CustodyPublishPlan call) =>
        TextForm.IsName(call.Name)
        && TextForm.IsUri(call.TermsUri)
        && call.Terms.Length == Hash256.Size
        && call.NoticeDays is > 0 and <= CustodyLimits.NoticeDaysMax;

    public static bool IsRight(CustodyOffer call) =>
        IsAddress(call.Client) && IsAddress(call.Provider) && call.Plan > 0;

    public static bool IsRight(CustodyAccept call) =>
        IsAddress(call.Client) && IsAddress(call.Provider) && call.Agreement > 0 && call.Plan > 0;

    public static bool IsRight(CustodyEnd call) =>
        IsAddress(call.Client) && IsAddress(call.Provider) && call.Agreement > 0;

    public static bool IsRight(CustodyConfirm call) =>
        IsAddress(call.Learner) && TextForm.IsVerb(call.Verb) && IsAddress(call.Writer) && call.Count > 0;

    private static bool IsAddress(ByteString bytes) => bytes.Length == Address.Size;
}
