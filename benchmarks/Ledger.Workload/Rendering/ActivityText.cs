namespace Ledger.Workload;

/// <summary>An xAPI activity.</summary>
/// <param name="Id">Its IRI.</param>
/// <param name="Type">The IRI of its type.</param>
/// <param name="Name">Its name in English.</param>
internal readonly record struct ActivityText(string Id, string Type, string Name);
