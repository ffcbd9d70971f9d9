using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>By what a record is found.</summary>
/// <param name="Id">By its id.</param>
/// <param name="Actor">By its account, in lists.</param>
/// <param name="Verb">By its verb, in lists.</param>
/// <param name="ActorAndVerb">By both together.</param>
/// <param name="Found">A statement by queries; empty of an event.</param>
/// <param name="Target">The statement that it refers to, or null.</param>
internal sealed record RecordKeys(
    SearchKey Id,
    SearchKey Actor,
    SearchKey Verb,
    SearchKey ActorAndVerb,
    IReadOnlyList<SearchKey> Found,
    SearchKey? Target)
{
    /// <summary>Of a record, given as what is kept of it; facts are null of an event.</summary>
    public static RecordKeys Of(
        StoreSeals seals, RecordType type, RecordContent content, StatementFacts? facts) => new(
            seals.KeyOfId(type, content.Id),
            seals.KeyOf(SearchKind.ListedActor, content.ActorKey),
            seals.KeyOf(SearchKind.ListedVerb, content.VerbIri),
            seals.KeyOf(ListingIndex.Together(content.ActorKey, content.VerbIri)),
            facts is null ? [] : seals.KeysOf(facts, content.Authority),
            facts is null ? null : seals.TargetOf(facts));
}
