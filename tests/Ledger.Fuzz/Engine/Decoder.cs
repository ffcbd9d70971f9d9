namespace Ledger.Fuzz;

/// <summary>A method that a target covers, by the type that declares it and its name.</summary>
/// <param name="Type">The declaring type.</param>
/// <param name="Method">The method's name; all overloads of it.</param>
internal readonly record struct Decoder(Type Type, string Method)
{
    public override string ToString() => $"{Type.FullName}.{Method}";
}
