/// The version of this program.
package let bayplanVersion = "0.2.0"
