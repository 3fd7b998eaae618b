/// The version of this program.
package let bayplanVersion = "0.1.0"
