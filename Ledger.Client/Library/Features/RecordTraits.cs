namespace Ledger.Client.Features;

/// <summary>What one record says that features are made of.</summary>
/// <param name="Activity">The IRI of what it is about; empty where it is about none.</param>
/// <param name="EventUnixMs">The time of the event in ms since 1970-01-01 UTC; null where it cannot be read.</param>
/// <param name="Band">The tenth of the scale in which its score lies, 0 to 9; null without a score.</param>
/// <param name="Success">Whether it succeeded; null where it does not say.</param>
/// <param name="Skills">IRIs of the skills that it states, each once.</param>
public sealed record RecordTraits(
    string Activity, long? EventUnixMs, int? Band, bool? Success, IReadOnlyCollection<string> Skills);
