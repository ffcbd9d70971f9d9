using System.Reflection;

namespace Ledger.Fuzz;

/// <summary>Readers that are their type's own business, and yet meet bytes from outside.</summary>
internal static class Hidden
{
    /// <summary>A private static method as a delegate; throws when there is none.</summary>
    public static T Method<T>(Type type, string name)
        where T : Delegate =>
        (type.GetMethod(name, BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static)
            ?? throw new MissingMethodException(type.FullName, name)).CreateDelegate<T>();

    /// <summary>A private method of an object as a delegate; throws when there is none.</summary>
    public static T Method<T>(object owner, string name)
        where T : Delegate =>
        (owner.GetType().GetMethod(name, BindingFlags.NonPublic | BindingFlags.Instance)
            ?? throw new MissingMethodException(owner.GetType().FullName, name)).CreateDelegate<T>(owner);
}
