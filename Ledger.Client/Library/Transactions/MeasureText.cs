using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Transactions;

/// <summary>Says in words what a measure does, so that who votes knows what is decided.</summary>
public static class MeasureText
{
    /// <summary>One line, with whole addresses.</summary>
    public static string Describe(Measure? measure) => (measure?.ContentCase ?? Measure.ContentOneofCase.None) switch
    {
        Measure.ContentOneofCase.Suspend => $"suspend {Name(measure!.Suspend.Institution)}",
        Measure.ContentOneofCase.Reinstate => $"reinstate {Name(measure!.Reinstate.Institution)}",
        Measure.ContentOneofCase.Close => $"close {Name(measure!.Close.Institution)}",
        Measure.ContentOneofCase.Adopt => Describe(measure!.Adopt),
        Measure.ContentOneofCase.Retire => $"retire policy {measure!.Retire.Policy}",
        Measure.ContentOneofCase.Verbs => Describe(measure!.Verbs),
        Measure.ContentOneofCase.Quota =>
            $"allow {Name(measure!.Quota.Institution)} {measure.Quota.DayWorkUnits} work units a day (0 for no limit)",
        Measure.ContentOneofCase.Upgrade =>
            $"upgrade the rules to version {measure!.Upgrade.Version} from block {measure.Upgrade.Height} on",
        Measure.ContentOneofCase.None => "nothing that this program knows",
        _ => "nothing that this program knows",
    };

    private static string Describe(ChangeVerbs change) => "in the verb registry " + string.Join("; ",
    [
        .. change.Add.Select(static verb => FormattableString.Invariant(
            $"add {verb.Label} of {verb.Vocabulary} with code 0x{verb.Code:x}: {verb.Iri}")),
        .. change.Join.Select(static pair => $"let {pair.Iri} and {pair.Other} mean the same"),
        .. change.Withdraw.Select(static pair => $"let {pair.Iri} and {pair.Other} no longer mean the same"),
    ]);

    private static string Describe(PolicyAdopt adopt)
    {
        string title = adopt.Template?.Texts.FirstOrDefault()?.Title ?? "without a title";
        return adopt.Policy == 0 ? $"adopt the policy {title}" : $"adopt a version of policy {adopt.Policy}: {title}";
    }

    private static string Name(ByteString address) =>
        Address.TryRead(address.Span, out Address read) ? read.ToString() : "(no address)";
}
