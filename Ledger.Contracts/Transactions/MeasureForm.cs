using Google.Protobuf;
using Ledger.Contracts.Policies;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>
/// What of a measure can be judged without state. A content without an arm does not compile. Rule P-3.
/// </summary>
internal static class MeasureForm
{
    public static bool IsRight(Measure? measure) => measure is not null && measure.ContentCase switch
    {
        Measure.ContentOneofCase.None => false,
        Measure.ContentOneofCase.Suspend => IsAddress(measure.Suspend.Institution),
        Measure.ContentOneofCase.Reinstate => IsAddress(measure.Reinstate.Institution),
        Measure.ContentOneofCase.Close => IsAddress(measure.Close.Institution),
        Measure.ContentOneofCase.Adopt => PolicyForm.IsRight(measure.Adopt),
        Measure.ContentOneofCase.Retire => measure.Retire.Policy > 0,
        Measure.ContentOneofCase.Verbs => VerbForm.IsRight(measure.Verbs),
        Measure.ContentOneofCase.Quota => IsAddress(measure.Quota.Institution),
        Measure.ContentOneofCase.Upgrade => measure.Upgrade.Version > 0 && measure.Upgrade.Height > 0,
    };

    private static bool IsAddress(ByteString bytes) => bytes.Length == Address.Size;
}
