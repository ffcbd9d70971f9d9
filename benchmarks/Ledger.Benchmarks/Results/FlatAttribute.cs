namespace Ledger.Benchmarks.Results;

/// <summary>
/// In files the fields of this property's value stand beside those of its holder, so that records which share figures
/// hold one record of them, and readers find each figure under its plain name.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FlatAttribute : Attribute
{
}
